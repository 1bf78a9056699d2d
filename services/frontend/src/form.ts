import { type Field, type FieldName, fields } from "./fields.ts";

/** What is wrong with a form, by field. */
export type FieldErrors = Readonly<Record<string, string>>;

const names = Object.keys(fields) as FieldName[];

const selectable = (from: number, count: number, label: (value: number) => string) =>
  Array.from({ length: count }, (_, index) => ({ value: String(from + index), label: label(from + index) }));

const monthName = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });
const months = selectable(1, 12, (month) => `${month} – ${monthName.format(Date.UTC(2000, month - 1))}`);

type Given = Readonly<Record<string, string>>;

/** The form that nobody has filled in yet, of each year. */
const blanks = new Map<number, ReturnType<typeof fill>>();

/** The form as a page shows it: what was given before, or the defaults; the CVV is never shown again. */
export function createForm(given: Given, errors: FieldErrors, now = new Date()) {
  const year = now.getUTCFullYear();
  const isBlank = Object.keys(given).length === 0 && Object.keys(errors).length === 0;
  const form = (isBlank && blanks.get(year)) || fill(given, errors, year);
  if (isBlank) blanks.set(year, form);
  return form;
}

function fill(given: Given, errors: FieldErrors, year: number) {
  const years = selectable(year, 5, String);
  const again = Object.keys(given).length > 0;
  const defaults: Partial<Record<FieldName, string>> = { credit_card_expiration_year: String(year + 1) };
  const show = (name: FieldName) => {
    const { check: _check, complaint: _complaint, ...field } = fields[name] as Field;
    const value = again ? (given[name] ?? "") : (defaults[name] ?? field.value);
    const choices = { credit_card_expiration_month: months, credit_card_expiration_year: years }[name as string];
    const options = choices?.map((option) => ({ ...option, selected: option.value === value }));
    return [
      name,
      { ...field, name, options, error: errors[name], value: again && name === "credit_card_cvv" ? "" : value },
    ];
  };
  return Object.fromEntries(names.map(show));
}

/** What is wrong with a form, field by field; empty when it will do. */
export const checkForm = (given: Given): FieldErrors =>
  Object.fromEntries(
    names
      .filter((name) => !fields[name].check((given[name] ?? "").trim()))
      .map((name) => [name, fields[name].complaint]),
  );

/** A form that will do, as the checkout service takes it. */
export function orderOf(given: Given) {
  const text = (name: FieldName) => (given[name] ?? "").trim();
  return {
    email: text("email"),
    address: {
      streetAddress: text("street_address"),
      city: text("city"),
      state: text("state"),
      country: text("country"),
      zipCode: Number(text("zip_code")),
    },
    creditCard: {
      creditCardNumber: text("credit_card_number").replace(/[ -]/g, ""),
      creditCardCvv: Number(text("credit_card_cvv")),
      creditCardExpirationMonth: Number(text("credit_card_expiration_month")),
      creditCardExpirationYear: Number(text("credit_card_expiration_year")),
    },
  };
}
