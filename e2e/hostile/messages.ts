import { loadAsWritten } from "@boutique/contract/proto";
import { type ServiceName, topology } from "@boutique/contract/topology";
import type { MessageTypeDefinition, ServiceDefinition } from "@grpc/proto-loader";
import fc from "fast-check";
import { text } from "./texts.ts";

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly typeName: string;
}

/** A method of the contract, as a stranger calls it. */
export interface Target {
  readonly path: string;
  /** Its fields, named as the proto writes them. */
  readonly fields: readonly string[];
  /** Any message of its type. */
  readonly message: fc.Arbitrary<object>;
  readonly encode: (message: object) => Buffer;
}

const written = loadAsWritten();

const fieldsOf = ({ type }: object & { type?: object }) => (type as { field: readonly Field[] }).field;

/** Every method of a service. */
export function targetsOf(name: ServiceName): readonly Target[] {
  const [, service = ""] = Object.values(topology[name].service)[0]?.path.split("/") ?? [];
  return Object.values(written[service] as ServiceDefinition).map(({ path, requestType, requestSerialize }) => ({
    path,
    fields: fieldsOf(requestType as object).map((field) => field.name),
    message: messageOf(fieldsOf(requestType as object)),
    encode: requestSerialize as (message: object) => Buffer,
  }));
}

/** What a field is when all is well: with a whole message of these, a method does its work. */
const right: Readonly<Record<string, unknown>> = {
  user_id: "ada",
  user_currency: "EUR",
  currency_code: "USD",
  to_code: "JPY",
  product_id: "OLJCESPC7Z",
  quantity: 2,
  units: "19",
  nanos: 990_000_000,
  email: "ada@example.com",
  street_address: "1 Engine Yard",
  city: "London",
  state: "LN",
  country: "England",
  zip_code: 10_115,
  credit_card_number: "4432801561520454",
  credit_card_cvv: 672,
  credit_card_expiration_year: new Date().getUTCFullYear() + 2,
  credit_card_expiration_month: 12,
};

/** Half of the messages make no sense at all, half are right but for a thing or two. */
const messageOf = (fields: readonly Field[]): fc.Arbitrary<object> =>
  fc.oneof(recordOf(fields, 0), recordOf(fields, 12));

const recordOf = (fields: readonly Field[], sense: number): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(fields.map((field) => [field.name, missingOr(repeated(field, sense), sense)])));

const missingOr = (value: fc.Arbitrary<unknown>, sense: number) =>
  fc.oneof({ weight: 2 + 2 * sense, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) });

const repeated = (field: Field, sense: number): fc.Arbitrary<unknown> =>
  field.label === "LABEL_REPEATED" ? fc.array(anyOf(field, sense), { maxLength: 5 }) : anyOf(field, sense);

function anyOf(field: Field, sense: number): fc.Arbitrary<unknown> {
  if (field.type === "TYPE_MESSAGE") {
    return recordOf(fieldsOf(written[`hipstershop.${field.typeName}`] as MessageTypeDefinition<object, object>), sense);
  }
  const wrong = { weight: 1, arbitrary: scalarOf(field.type) };
  return field.name in right
    ? fc.oneof({ weight: sense, arbitrary: fc.constant(right[field.name]) }, wrong)
    : wrong.arbitrary;
}

const extremes = [0, 1, -1, 2, 12, 999, 2_030, 999_999_999, 1_000_000_000, 2_147_483_647, -2_147_483_648];
const longExtremes = ["0", "1", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808"];

function scalarOf(type: string): fc.Arbitrary<unknown> {
  switch (type) {
    case "TYPE_STRING":
      return text;
    case "TYPE_INT32":
      return fc.oneof(fc.constantFrom(...extremes), fc.integer());
    case "TYPE_INT64":
      return fc.oneof(fc.constantFrom(...longExtremes), fc.integer().map(String));
    default:
      throw new Error(`the contract has fields of a type that nothing is known of here: ${type}`);
  }
}
