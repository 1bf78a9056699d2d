/** Told of every request: what is wrong with its answer, in words, or undefined when it will do. */
export type Watcher = (method: string, path: string, problem: string | undefined) => void;

/** A client with cookies that follows redirects, as a locust user is. Its pages are undefined where they failed. */
export function openBrowser(url: string, watch: Watcher) {
  const cookies = new Map<string, string>();

  const ask = async (method: string, path: string, form?: Record<string, string>): Promise<string | undefined> => {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { body: new URLSearchParams(form) }),
    }).catch((error: Error) => error);
    if (response instanceof Error) {
      watch(method, path, `no answer: ${response.cause ?? response.message}`);
      return undefined;
    }
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    const failed = response.status >= 400;
    watch(method, path, failed ? `${response.status} ${headingOf(text)}` : undefined);
    if (failed) return undefined;
    return response.status >= 300 ? ask("GET", response.headers.get("location") ?? "") : text;
  };

  return {
    get: (path: string) => ask("GET", path),
    post: (path: string, form: Record<string, string>) => ask("POST", path, form),
  };
}

/** What a page says at its top, so that a failure can be read. */
const headingOf = (html: string) => /<h1[^>]*>([^<]*)/.exec(html)?.[1]?.trim() ?? html.slice(0, 100);
