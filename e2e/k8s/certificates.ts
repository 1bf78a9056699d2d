import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes an authority and a certificate for some hosts, good for a day: the three files of a Secret. */
export function makeCertificates(...hosts: readonly string[]): Record<"tls.crt" | "tls.key" | "ca.crt", string> {
  const place = mkdtempSync(join(tmpdir(), "boutique-e2e-"));
  const openssl = (...words: readonly string[]) => execFileSync("openssl", words, { cwd: place, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    openssl("req", "-x509", ...key, "-days", "1", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt");
    openssl("req", ...key, "-subj", `/CN=${hosts[0]}`, "-keyout", "tls.key", "-out", "tls.csr");
    writeFileSync(join(place, "names"), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join()}`);
    const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "1", "-extfile", "names"];
    openssl("x509", "-req", "-in", "tls.csr", ...signed, "-out", "tls.crt");
    const read = (name: string) => readFileSync(join(place, name), "utf8");
    return { "tls.crt": read("tls.crt"), "tls.key": read("tls.key"), "ca.crt": read("ca.crt") };
  } finally {
    rmSync(place, { recursive: true });
  }
}
