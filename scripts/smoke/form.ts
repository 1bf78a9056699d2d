import { type Element, findAll, textOf } from "./html.ts";

/** A field of a form. */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** What may be chosen; undefined where one types. */
  readonly options: readonly string[] | undefined;
  /** What the browser lets through. */
  readonly pattern: string | undefined;
  readonly required: boolean;
}

/** A form of a page, as it would be sent. */
export interface Form {
  /** Where it goes, as written: relative to the page. */
  readonly action: string;
  readonly method: string;
  readonly fields: readonly Field[];
}

/** The forms of a page. */
export const formsOf = (page: Element): readonly Form[] =>
  findAll(page, ({ tag }) => tag === "form").map((form) => ({
    action: form.attributes.action ?? "",
    method: (form.attributes.method ?? "get").toUpperCase(),
    fields: findAll(form, ({ tag, attributes }) => ["input", "select", "textarea"].includes(tag) && !!attributes.name)
      .filter(({ attributes: { type, checked, disabled } }) => {
        const unsent = ["submit", "button", "image", "reset", "file"].includes(type ?? "");
        const off = (type === "checkbox" || type === "radio") && checked === undefined;
        return !unsent && !off && disabled === undefined;
      })
      .map(fieldOf),
  }));

function fieldOf(element: Element): Field {
  const { name = "", value, pattern, required } = element.attributes;
  const choices = findAll(element, ({ tag }) => tag === "option");
  const choice = (option: Element) => option.attributes.value ?? textOf(option);
  const selected = choices.find(({ attributes }) => attributes.selected !== undefined) ?? choices[0];
  const typed = element.tag === "textarea" ? textOf(element) : (value ?? "");
  return {
    name,
    value: selected ? choice(selected) : typed,
    options: element.tag === "select" ? choices.map(choice) : undefined,
    pattern,
    required: required !== undefined,
  };
}

/** Whether a field would take a value: one that it offers, or one that matches its pattern. */
export const takes = ({ options, pattern }: Field, value: string): boolean =>
  options ? options.includes(value) : !pattern || new RegExp(`^(?:${pattern})$`, "v").test(value);
