/** What led a visitor to a product's page, other than the shelves and the search. */
export type Marker = "recommendation" | "ad";

/**
 * A link to a product's page that says there what it stood in; a link to anything else as it is. What it says comes
 * first, so that nothing else in the link's query can be taken for it.
 */
export const marked = (path: string, by: Marker): string =>
  path.replace(/^(\/product\/[^?#]+)(\??)/, (_, page, query) => `${page}?from=${by}${query && "&"}`);

const markers = /[?&]from=(?:recommendation|ad)(?=#|$)|(?<=[?&])from=(?:recommendation|ad)&/g;

/** The same path for somebody who merely comes back to the page. */
export const unmarked = (path: string): string => path.replace(markers, "");
