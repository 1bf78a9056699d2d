import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Request, RequestHandler } from "express";

const folder = fileURLToPath(new URL("../static", import.meta.url));

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".jpg": "image/jpeg",
};

const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };
type Encoding = keyof typeof compress;

interface Asset {
  readonly body: Buffer;
  readonly type: string;
  readonly hash: string;
  /** Each made when it is first asked for, once. */
  readonly encoded: Partial<Record<Encoding, Promise<Buffer>>>;
}

function load(path: string): Asset {
  const body = readFileSync(path);
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  return { body, hash, type: types[extname(path)] ?? "application/octet-stream", encoded: {} };
}

/**
 * The files of `static/`. Each answers at its plain path, to be asked about again after five minutes, and at a path
 * with the hash of its content ("styles.1f3a….css"), to be kept for ever.
 */
export function createAssets(base: string) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const assets = new Map(
    paths.map((entry) => join(entry.parentPath, entry.name)).map((path) => [relative(folder, path), load(path)]),
  );
  const hashed = new Map([...assets].map(([path, asset]) => [withHash(path, asset.hash), asset]));

  const serve: RequestHandler = async (request, response, next) => {
    const path = request.path.slice("/static/".length);
    const forEver = hashed.get(path);
    const asset = forEver ?? assets.get(path);
    if (!asset) return next();
    const encoding = /svg|text/.test(asset.type) ? preferred(request) : undefined;
    if (encoding) {
      asset.encoded[encoding] ??= compress[encoding](asset.body);
      response.setHeader("Content-Encoding", encoding);
    }
    response
      .setHeader("Content-Type", asset.type)
      .setHeader("Cache-Control", `public, max-age=${forEver ? "31536000, immutable" : "300"}`)
      .setHeader("Vary", "Accept-Encoding")
      .setHeader("ETag", `"${asset.hash}${encoding ? `-${encoding}` : ""}"`);
    response.send(encoding ? await asset.encoded[encoding] : asset.body);
  };

  const urls = new Map([...assets].map(([path, { hash }]) => [path, `${base}/static/${withHash(path, hash)}`]));
  const urlOf = (path: string): string => {
    const url = urls.get(path);
    if (!url) throw new Error(`no file static/${path}`);
    return url;
  };

  return {
    serve,
    /** The address of a file, with its hash. */
    urlOf,
    /** The address of a catalogue's picture: our drawing where there is one of that name, else the path itself. */
    pictureOf: (path: string): string => {
      const drawing = path.replace(/^\/static\/(.*)\.\w+$/, "$1.svg");
      return assets.has(drawing) ? urlOf(drawing) : `${base}${path}`;
    },
  };
}

export type Assets = ReturnType<typeof createAssets>;

const withHash = (path: string, hash: string) => path.replace(/(\.\w+)$/, `.${hash}$1`);

const preferred = (request: Request): Encoding | undefined =>
  (["br", "gzip"] as const).find((encoding) => request.acceptsEncodings(encoding));
