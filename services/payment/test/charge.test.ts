import type { MessageInit } from "@boutique/contract/proto";
import { describe, expect, it } from "vitest";
import { amount, card, open, visa } from "./open.ts";

const charge = async (creditCard: MessageInit<"CreditCardInfo">) =>
  (await open()).payment.charge({ amount, creditCard });

describe("a card that is taken", () => {
  it.each([
    ["a Visa", visa],
    ["a Visa with dashes", "4432-8015-6152-0454"],
    ["a Visa with spaces", " 4432 8015 6152 0454 "],
    ["a Visa with the dashes of a word processor", "4432–8015–6152–0454"],
    ["a Mastercard", "5272940000751666"],
    ["a Mastercard of the 2-series (original: invalid)", "2223003122003222"],
    ["the first of the 2-series", "2221000000000009"],
    ["the last of the 2-series", "2720999999999996"],
    ["a Visa of 13 digits (original: invalid)", "4222222222222"],
    ["a Visa of 19 digits (original: invalid)", "4000000000000000006"],
    ["a Visa Electron 4026 (original: not accepted)", "4026000000000002"],
    ["a Visa Electron 4508 (original: not accepted)", "4508000000000009"],
    ["a Visa Electron 4844 (original: not accepted)", "4844000000000002"],
    ["a Visa Electron 4913 (original: not accepted)", "4913000000000008"],
    ["a Visa Electron 4917 (original: not accepted)", "4917000000000004"],
    ["a Visa Electron 417500 (original: not accepted)", "4175000000000001"],
  ])("is charged: %s", async (_, creditCardNumber) => {
    const { transactionId } = await charge(card({ creditCardNumber }));

    expect(transactionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each([
    ["in the month it ends in", { creditCardExpirationYear: 2031, creditCardExpirationMonth: 5 }],
    ["in the last year there is", { creditCardExpirationYear: 9999, creditCardExpirationMonth: 12 }],
    ["with the security code 000, which is 0 on the wire", { creditCardCvv: 0 }],
    ["with the security code 999", { creditCardCvv: 999 }],
  ])("is charged %s", async (_, change) => {
    expect(await charge(card(change))).toHaveProperty("transactionId");
  });

  it("is charged again under another id when there is no key", async () => {
    const { payment } = await open();
    const request = { amount, creditCard: card() };

    const [one, two] = [await payment.charge(request), await payment.charge(request)];

    expect(one.transactionId).not.toBe(two.transactionId);
  });
});

describe("a card that cannot be one", () => {
  it.each([
    ["a wrong check digit", "4432801561520455", "this is not a card's number; is a digit mistyped?"],
    ["a kind nobody knows", "0000000000000000", "this is not a card's number; is a digit mistyped?"],
    ["letters", "abcd", "the card number may have digits, spaces and dashes only"],
    ["digits of another script", "٤٤٣٢٨٠١٥٦١٥٢٠٤٥٤", "the card number may have digits, spaces and dashes only"],
    ["nothing (original: a confusing text)", "", "the card number is missing"],
    ["nothing but spaces", " - ", "the card number is missing"],
    ["11 digits", "44328015615", "the card number has 12 to 19 digits"],
    ["20 digits", "44328015615204544432", "the card number has 12 to 19 digits"],
    ["a Visa of 15 digits", "443280156152045", "Visa numbers have 13, 16 or 19 digits"],
    ["a Mastercard of 17 digits", "52729400007516660", "Mastercard numbers have 16 digits"],
    ["an American Express of 16 digits", "3782822463100050", "American Express numbers have 15 digits"],
  ])("has %s", async (_, creditCardNumber, words) => {
    await expect(charge(card({ creditCardNumber }))).rejects.toThrow(
      `INVALID_ARGUMENT: credit_card.credit_card_number: ${words}`,
    );
  });

  const month = "expiration_month: the month is a number from 1 to 12";
  const year = "expiration_year: the year has four digits";
  it.each([
    ["month 0 (original: taken)", { creditCardExpirationMonth: 0 }, month],
    ["month 13 (original: taken)", { creditCardExpirationMonth: 13 }, month],
    ["a negative month", { creditCardExpirationMonth: -1 }, month],
    ["a year of two digits (original: expired)", { creditCardExpirationYear: 32 }, year],
    ["no year", { creditCardExpirationYear: 0 }, year],
    ["a year of five digits", { creditCardExpirationYear: 20_320 }, year],
    [
      "a security code of four digits (original: taken)",
      { creditCardCvv: 1_000 },
      "cvv: the security code has 3 digits",
    ],
    ["a negative security code", { creditCardCvv: -1 }, "cvv: the security code has 3 digits"],
  ])("has %s", async (_, change, words) => {
    await expect(charge(card(change))).rejects.toThrow(`INVALID_ARGUMENT: credit_card.credit_card_${words}`);
  });

  it("is not there at all (original: the process's own error)", async () => {
    const { payment } = await open();

    await expect(payment.charge({ amount })).rejects.toThrow("INVALID_ARGUMENT: credit_card: the card is missing");
  });
});

describe("a card that is not taken (original: status 400)", () => {
  it.each([
    ["American Express", "378282246310005"],
    ["Diners Club", "30569309025904"],
    ["Diners Club", "38520000023237"],
    ["Discover", "6011111111111117"],
    ["JCB", "3530111333300000"],
    ["UnionPay", "6200000000000005"],
    ["RuPay", "5085000000000007"],
    ["Mir", "2200000000000004"],
    ["Maestro", "5018000000000009"],
    ["Maestro", "6759649826438453"],
  ])("is %s, and the refusal says so", async (kind, creditCardNumber) => {
    await expect(charge(card({ creditCardNumber }))).rejects.toThrow(
      `FAILED_PRECONDITION: credit_card.credit_card_number: the card ending ${creditCardNumber.slice(-4)} is ${kind}; only Visa and Mastercard are taken`,
    );
  });

  it("is American Express, whose security code may have four digits", async () => {
    await expect(charge(card({ creditCardNumber: "378282246310005", creditCardCvv: 1_234 }))).rejects.toThrow(
      "FAILED_PRECONDITION: credit_card.credit_card_number: the card ending 0005 is American Express",
    );
  });

  it.each([
    ["last month", 2031, 4, "04/2031"],
    ["last year, in a later month", 2030, 12, "12/2030"],
  ])("expired %s", async (_, creditCardExpirationYear, creditCardExpirationMonth, when) => {
    await expect(charge(card({ creditCardExpirationYear, creditCardExpirationMonth }))).rejects.toThrow(
      `FAILED_PRECONDITION: credit_card.credit_card_expiration_year: the card ending 0454 expired ${when}`,
    );
  });

  it("is of another kind before it is expired, and malformed before either", async () => {
    const old = { creditCardNumber: "378282246310005", creditCardExpirationYear: 2020 };

    await expect(charge(card(old))).rejects.toThrow("American Express");
    await expect(charge(card({ ...old, creditCardExpirationMonth: 13 }))).rejects.toThrow("INVALID_ARGUMENT");
  });
});

describe("the amount", () => {
  it.each([
    ["is missing (original: the process's own error)", undefined, "amount: is missing"],
    ["is nothing (original: charged)", { ...amount, units: "0", nanos: 0 }, "amount: must be more than 0"],
    ["is negative (original: charged)", { ...amount, units: "-1", nanos: 0 }, "amount: must be more than 0"],
    ["has two signs", { ...amount, nanos: -1 }, "amount has units and nanos of different signs"],
    ["has too many nanos", { ...amount, nanos: 1_000_000_000 }, "amount.nanos is 1000000000"],
    ["has no currency", { ...amount, currencyCode: "" }, "amount.currency_code: must be three capital letters"],
    ["has half a currency", { ...amount, currencyCode: "eur" }, "amount.currency_code: must be three capital letters"],
  ])("%s", async (_, amount, details) => {
    const { payment } = await open();

    await expect(payment.charge({ ...(amount && { amount }), creditCard: card() })).rejects.toThrow(
      `INVALID_ARGUMENT: ${details}`,
    );
  });

  it("may be a billionth of a unit", async () => {
    const { payment, lines } = await open();

    await payment.charge({ amount: { currencyCode: "USD", units: "0", nanos: 1 }, creditCard: card() });

    expect(lines("payment_transaction")).toMatchObject([{ amount: "0.000000001", currency: "USD" }]);
  });
});
