import type { Problem } from "../../../lab/providers/protocol/problem";
import type { Attributes } from "../../../lab/providers/protocol/value";
import { tlsProvider } from "../../../lab/providers/tls";
import { make, textOf } from "./make";

export interface Issued {
  readonly key: Attributes;
  readonly certificate: Attributes;
}

export const emptySubject = {
  common_name: null,
  country: null,
  email_address: null,
  locality: null,
  organization: null,
  organizational_unit: null,
  postal_code: null,
  province: null,
  serial_number: null,
  street_address: null,
};

/** server is a request with names of every kind. */
export const server = {
  subject: [{ ...emptySubject, common_name: "admin", organization: "system:masters" }],
  dns_names: ["api.lab"],
  ip_addresses: ["127.0.0.1", "fd00::1"],
  uris: ["spiffe://lab/api"],
};

export function privateKey(algorithm: string, ecdsa_curve: string | null = null): Promise<Attributes> {
  return make(tlsProvider, "tls_private_key", { algorithm, ecdsa_curve });
}

export async function authority(key: Attributes, given: Attributes = {}): Promise<Issued> {
  const certificate = await make(tlsProvider, "tls_self_signed_cert", {
    private_key_pem: textOf(key, "private_key_pem"),
    is_ca_certificate: true,
    allowed_uses: ["cert_signing", "crl_signing", "digital_signature"],
    validity_period_hours: 87600,
    subject: [{ ...emptySubject, common_name: "lab-ca" }],
    ...given,
  });
  return { key, certificate };
}

/** signed makes a key's request and has it signed. */
export async function signed(
  by: Issued,
  key: Attributes,
  request: Attributes,
  given: Attributes = {},
  warn?: (problem: Problem) => void,
): Promise<Attributes> {
  const requested = await make(tlsProvider, "tls_cert_request", {
    private_key_pem: textOf(key, "private_key_pem"),
    ...request,
  });
  const config = {
    cert_request_pem: textOf(requested, "cert_request_pem"),
    ca_cert_pem: textOf(by.certificate, "cert_pem"),
    ca_private_key_pem: textOf(by.key, "private_key_pem"),
    allowed_uses: ["server_auth", "client_auth", "digital_signature", "key_encipherment"],
    validity_period_hours: 24,
    ...given,
  };
  return make(tlsProvider, "tls_locally_signed_cert", config, warn);
}
