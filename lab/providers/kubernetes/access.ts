import type { Access } from "../../kubernetes/client";
import { ProviderError } from "../protocol/problem";
import type { Environment } from "../protocol/provider";
import type { Attributes } from "../protocol/value";

/**
 * accessOf reads what hashicorp/kubernetes takes in its provider block, and hashicorp/helm in `kubernetes`: the API by
 * host, a user by certificate or token. A proxy is the block's, else `KUBE_PROXY_URL`, else `HTTPS_PROXY`.
 */
export function accessOf(block: Attributes, environment: Environment, program: string): Access {
  const unplayed = elsewhere.find((name) => textOf(block, name) !== undefined);
  if (unplayed !== undefined || Array.isArray(block["config_paths"]))
    throw notPlayed(unplayed ?? "config_paths");
  const proxyUrl = textOf(block, "proxy_url") ?? environment["KUBE_PROXY_URL"] ?? environment["HTTPS_PROXY"];
  const authority = pemOf(block, "cluster_ca_certificate", "certificate");
  const certificate = pemOf(block, "client_certificate", "certificate");
  const key = pemOf(block, "client_key", "private key");
  const token = textOf(block, "token");
  const serverName = textOf(block, "tls_server_name");
  return {
    // Without a host, or with one that is not known yet, the real providers ask this machine.
    host: textOf(block, "host") ?? "https://localhost",
    program,
    ...(authority !== undefined && { authority }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(token !== undefined && { token }),
    ...(serverName !== undefined && { serverName }),
    ...(block["insecure"] === true && { insecure: true }),
    ...(proxyUrl !== undefined && { proxyUrl }),
  };
}

const elsewhere = ["config_path", "config_context", "username", "password"] as const;

function textOf(block: Attributes, name: string): string | undefined {
  const value = block[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function pemOf(block: Attributes, name: string, what: "certificate" | "private key"): string | undefined {
  const text = textOf(block, name);
  const header =
    what === "certificate" ? /-----BEGIN CERTIFICATE-----/ : /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
  if (text === undefined || header.test(text)) return text;
  throw new ProviderError({
    summary: "Invalid attribute in provider configuration",
    detail: `'${name}' is not a valid PEM encoded ${what}`,
    path: [name],
  });
}

function notPlayed(name: string): ProviderError {
  return new ProviderError({
    summary: "Not in the lab's stand-in",
    detail: `'${name}' is not played: give host, cluster_ca_certificate, client_certificate and client_key.`,
  });
}
