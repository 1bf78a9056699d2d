import { readSettings } from "@boutique/runtime/settings";
import { expect, it } from "vitest";
import { redisAddress } from "../src/redis-address.ts";

const read = (text: string) => readSettings({ REDIS_ADDR: redisAddress("") }, { REDIS_ADDR: text }).REDIS_ADDR;
const local = { host: "redis-cart", port: 6379, db: 0, tls: false };

it.each([
  ["", ""],
  ["redis-cart:6379", local],
  ["redis-cart", local],
  ["10.0.0.7:7000", { ...local, host: "10.0.0.7", port: 7000 }],
  ["[::1]:6380", { ...local, host: "::1", port: 6380 }],
  ["redis://redis-cart", local],
  ["redis://redis-cart:6379/3", { ...local, db: 3 }],
  ["redis://:s%40cret@redis-cart", { ...local, password: "s@cret" }],
  [
    "rediss://ann:secret@redis-cart:6380/1",
    { ...local, port: 6380, db: 1, tls: true, username: "ann", password: "secret" },
  ],
  ["redis-cart:6380,password=a=b,ssl=True,abortConnect=False", { ...local, port: 6380, tls: true, password: "a=b" }],
  [
    "redis-cart:6379, user=ann, password=secret, defaultDatabase=2",
    { ...local, db: 2, username: "ann", password: "secret" },
  ],
])("understands %j", (text, address) => {
  expect(read(text)).toEqual(address);
});

it.each([
  "6379",
  "redis cart:6379",
  "redis-cart:port",
  "redis-cart:99999",
  "redis-cart:0",
  "redis-cart:6379/0",
  "one:6379,two:6379",
  "redis-cart:6379,ssl=maybe",
  "redis-cart:6379,defaultDatabase=first",
  "redis://",
  "redis://redis-cart/first",
  "redis://redis-cart?db=1",
  "http://redis-cart:6379",
])("refuses %j and says what it wants", (text) => {
  expect(() => read(text)).toThrow(`REDIS_ADDR=${text} is not host:port, redis://`);
});

it.each([
  "redis://:hunter2@redis-cart:port",
  "redis://:%zzhunter2@redis-cart",
  "redis-cart:6379,password=hunter2,ssl=?",
])("shows no password when it refuses one that has it (%#)", (text) => {
  expect(() => read(text)).toThrow("REDIS_ADDR (not shown) is not host:port");
  expect(() => read(text)).not.toThrow("hunter2");
});
