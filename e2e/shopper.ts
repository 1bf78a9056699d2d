/** Longer than the shop takes for any page: who waits longer waits for a connection that leads nowhere. */
const PATIENCE_MS = 20_000;

/** A browser without scripts: keeps cookies and sends forms, with more headers if need be. */
export function createShopper(url: string, more: Record<string, string> = {}) {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url + path, { ...init, signal, headers: { ...more, cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    cookie: (name: string) => cookies.get(name),
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string> = {}) =>
      ask(path, { method: "POST", body: new URLSearchParams(form) }),
  };
}

/** A checkout form that will do, with an address and a card that nobody else has. */
export const checkoutForm = {
  email: "grace.hopper@navy.example",
  street_address: "17 Compiler Crescent",
  zip_code: "22201",
  city: "Arlington",
  state: "VA",
  country: "United States",
  credit_card_number: "4432-8015-6152-0454",
  credit_card_expiration_month: "12",
  credit_card_expiration_year: String(new Date().getUTCFullYear() + 2),
  credit_card_cvv: "738",
};
