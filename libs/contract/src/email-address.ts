const LONGEST = 254;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?`;
const form = new RegExp(String.raw`^[^\s\p{C}@<>()[\],;:"\\]{1,64}@(?:${label}\.)+(?=.{2})${label}$`, "u");

/**
 * Whether a text is an e-mail address that the shop writes to: a name of at most 64 characters, an @, and a domain of at
 * least two labels (letters, digits, hyphens within; of any script), the last of two characters or more; 254 characters
 * in all.
 *
 * Stricter than the standard, which allows quoted oddities that mail programs understand differently: no blanks, no
 * control characters, none that separate or enclose addresses in a header.
 */
export const isEmailAddress = (text: string): boolean => text.length <= LONGEST && form.test(text);
