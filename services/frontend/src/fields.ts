import { isEmailAddress } from "@boutique/contract/email-address";

/** A field of the checkout form: how it is shown, and what it takes. */
export interface Field {
  readonly label: string;
  readonly type: "text" | "email" | "password" | "select";
  readonly value: string;
  readonly autocomplete: string;
  /** Whether what was typed will do, spaces at its ends aside; else what to say. */
  readonly check: (value: string) => boolean;
  readonly complaint: string;
  readonly inputmode?: string;
  readonly pattern?: string;
  readonly maxlength?: number;
  readonly hint?: string;
}

const words = (label: string, value: string, autocomplete: string, maxlength: number): Field => ({
  label,
  value,
  autocomplete,
  maxlength,
  type: "text",
  check: (text) => text.length > 0 && text.length <= maxlength,
  complaint: `Please enter the ${label.toLowerCase()}, with at most ${maxlength} characters.`,
});

const digits = (label: string, value: string, autocomplete: string, pattern: string, complaint: string): Field => ({
  label,
  value,
  autocomplete,
  pattern,
  complaint,
  type: "text",
  inputmode: "numeric",
  check: (text) => new RegExp(`^(?:${pattern})$`).test(text),
});

const within = (low: number, high: number) => (text: string) =>
  /^\d{1,4}$/.test(text) && Number(text) >= low && Number(text) <= high;

/** The fields of the checkout form, filled in for a demo. */
export const fields = {
  email: {
    ...words("E-mail address", "someone@example.com", "email", 254),
    type: "email",
    check: isEmailAddress,
    complaint: "Please enter an e-mail address such as someone@example.com.",
  },
  street_address: words("Street address", "1600 Amphitheatre Parkway", "street-address", 512),
  zip_code: digits("Zip code", "94043", "postal-code", "[0-9]{1,9}", "Please enter a zip code of digits only."),
  city: words("City", "Mountain View", "address-level2", 128),
  state: words("State", "CA", "address-level1", 128),
  country: words("Country", "United States", "country-name", 128),
  credit_card_number: {
    ...digits(
      "Card number",
      "4432801561520454",
      "cc-number",
      "[0-9 \\-]{12,28}",
      "Please enter the 12 to 19 digits of a card.",
    ),
    check: (text) => /^[0-9 -]*$/.test(text) && /^\d{12,19}$/.test(text.replace(/[ -]/g, "")),
    hint: "Visa or Mastercard",
  },
  credit_card_expiration_month: {
    ...digits("Month", "1", "cc-exp-month", "[0-9]{1,2}", "Please choose the month that stands on the card."),
    type: "select",
    check: within(1, 12),
  },
  credit_card_expiration_year: {
    ...digits("Year", "", "cc-exp-year", "[0-9]{4}", "Please choose the year that stands on the card."),
    type: "select",
    check: within(1000, 9999),
  },
  credit_card_cvv: {
    ...digits("CVV", "672", "cc-csc", "[0-9]{3}", "Please enter the three digits on the back of the card."),
    type: "password",
  },
} satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

export const isField = (name: string): name is FieldName => Object.hasOwn(fields, name);
