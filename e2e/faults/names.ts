// Loaded before a service is, this has every name that ends in ".test" lead to two addresses of this machine.
import { type LookupOptions, promises as resolver } from "node:dns";

const lookup = resolver.lookup;
const both = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
resolver.lookup = ((name: string, options: LookupOptions) =>
  name.endsWith(".test") ? Promise.resolve(both) : lookup(name, options)) as typeof lookup;
