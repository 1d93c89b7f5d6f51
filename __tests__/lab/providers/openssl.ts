import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Attributes } from "../../../lab/providers/protocol/value";
import type { Issued } from "./authority";
import { textOf } from "./make";

/** openssl prints a certificate, indentation reduced to one blank. */
export function openssl(certificate: Attributes): string {
  const args = ["x509", "-noout", "-text"];
  return execFileSync("openssl", args, { input: textOf(certificate, "cert_pem"), encoding: "utf8" }).replace(
    /^ +/gm,
    " ",
  );
}

/** nameTypes prints a name with the type of each of its strings, as Go compares it. */
export function nameTypes(certificate: Attributes, which: "-issuer" | "-subject"): string {
  const args = ["x509", "-noout", which, "-nameopt", "multiline,show_type"];
  const said = execFileSync("openssl", args, { input: textOf(certificate, "cert_pem"), encoding: "utf8" });
  return said.slice(said.indexOf("\n"));
}

export function verify(ca: Issued, leaf: Attributes, purpose: string, between?: Attributes): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  const file = (name: string, certificate: Attributes): string => {
    writeFileSync(join(folder, name), textOf(certificate, "cert_pem"));
    return join(folder, name);
  };
  const untrusted = between === undefined ? [] : ["-untrusted", file("between.pem", between)];
  const args = [
    "-purpose",
    purpose,
    "-CAfile",
    file("ca.pem", ca.certificate),
    ...untrusted,
    file("leaf.pem", leaf),
  ];
  try {
    return execFileSync("openssl", ["verify", "-x509_strict", ...args], { encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
