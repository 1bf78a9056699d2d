import { fileURLToPath } from "node:url";
import { loadSync, type ServiceDefinition } from "@grpc/proto-loader";

/** What a proto declares, by name, each field or method as one line such as "items = 2: repeated CartItem". */
export interface Declared {
  readonly messages: Readonly<Record<string, readonly string[]>>;
  readonly services: Readonly<Record<string, readonly string[]>>;
}

interface Field {
  readonly name: string;
  readonly number: number;
  readonly label: string;
  readonly type: string;
  readonly typeName: string;
}

interface Enum {
  readonly name: string;
  readonly value: readonly Field[];
}

interface MessageType {
  readonly field: readonly Field[];
  readonly enumType: readonly Enum[];
}

/** Reads a proto of this repository as written, names in snake case. */
export function declaredIn(proto: string): Declared & { readonly enums: Declared["messages"] } {
  const messages: Record<string, string[]> = {};
  const services: Record<string, string[]> = {};
  const enums: Record<string, string[]> = {};
  const definition = loadSync(proto, {
    includeDirs: [fileURLToPath(new URL("../../../protos", import.meta.url))],
    keepCase: true,
  });
  for (const [fullName, entry] of Object.entries(definition)) {
    const name = fullName.split(".").at(-1) ?? "";
    if (!("format" in entry)) services[name] = methodsOf(entry as ServiceDefinition);
    else if ("value" in entry.type) enums[name] = valuesOf(entry.type as Enum);
    else {
      const { field, enumType } = entry.type as MessageType;
      messages[name] = fieldsOf(field);
      for (const inner of enumType) enums[inner.name] = valuesOf(inner);
    }
  }
  return { messages, services, enums };
}

const fieldsOf = (fields: readonly Field[]) =>
  fields
    .toSorted((one, other) => one.number - other.number)
    .map(({ name, number, label, type, typeName }) => {
      const repeated = label === "LABEL_REPEATED" ? "repeated " : "";
      return `${name} = ${number}: ${repeated}${typeName || type.replace("TYPE_", "").toLowerCase()}`;
    });

const methodsOf = (service: ServiceDefinition) =>
  Object.entries(service).map(([name, { requestType, responseType, requestStream, responseStream }]) => {
    const request = `${requestStream ? "stream " : ""}${nameOf(requestType)}`;
    return `${name}(${request}): ${responseStream ? "stream " : ""}${nameOf(responseType)}`;
  });

const nameOf = ({ type }: object & { type?: object }) => (type as { name: string }).name;

const valuesOf = ({ value }: Enum) => value.map(({ name, number }) => `${name} = ${number}`);
