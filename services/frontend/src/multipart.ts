import express, { type RequestHandler } from "express";

/** Reads forms that come as multipart/form-data, as `curl -F` sends them: their texts, no files. */
export const multipart = (limit: string): RequestHandler[] => [
  express.raw({ type: "multipart/form-data", limit }),
  async (request, _, next) => {
    if (!Buffer.isBuffer(request.body)) return next();
    const headers = { "content-type": String(request.headers["content-type"]) };
    const form = await new Response(new Uint8Array(request.body), { headers }).formData().catch(malformed);
    // Of a field sent twice, the first counts.
    const texts = [...form].filter(([, value]) => typeof value === "string").toReversed();
    request.body = Object.fromEntries(texts);
    next();
  },
];

const malformed = (cause: unknown): never => {
  throw Object.assign(new Error("not a form", { cause }), { status: 400 });
};
