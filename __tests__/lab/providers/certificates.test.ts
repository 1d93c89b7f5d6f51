import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { connect, createServer, type TLSSocket } from "node:tls";
import type { Problem } from "../../../lab/providers/protocol/problem";
import type { Attributes } from "../../../lab/providers/protocol/value";
import { tlsProvider } from "../../../lab/providers/tls";
import { derInteger } from "../../../lab/providers/tls/serial";
import { authority, emptySubject, privateKey, server, signed, type Issued } from "./authority";
import { make, pemOf, problemsOf, textOf } from "./make";
import { verify } from "./openssl";

describe.each([
  { algorithm: "RSA", curve: null },
  { algorithm: "ECDSA", curve: "P256" },
  { algorithm: "ECDSA", curve: "P384" },
  { algorithm: "ECDSA", curve: "P521" },
  { algorithm: "ED25519", curve: null },
])("an authority with a key of $algorithm $curve", ({ algorithm, curve }) => {
  let ca: Issued;
  let key: Attributes;
  let leaf: Attributes;
  beforeAll(async () => {
    ca = await authority(await privateKey(algorithm, curve), { set_authority_key_id: true });
    key = await privateKey("ECDSA", "P256");
    leaf = await signed(ca, key, server);
  });

  it("signs what openssl verifies, strictly and for both purposes", () => {
    for (const purpose of ["sslserver", "sslclient"]) expect(verify(ca, leaf, purpose)).toMatch(/: OK$/);
  });

  it("signs what Node finds by name", () => {
    const [child, parent] = [parse(leaf), parse(ca.certificate)];
    expect(child.checkIssued(parent)).toBe(true);
    expect(child.verify(parent.publicKey)).toBe(true);
  });

  it("serves TLS to a client that trusts it", async () => {
    expect(await handshake(ca, key, leaf)).toEqual({ authorized: true, subject: "admin" });
  });

  it("tells its algorithm, its serial number and when it ends", () => {
    const certificate = parse(ca.certificate);
    expect(textOf(leaf, "cert_pem")).toMatch(pemOf("CERTIFICATE"));
    expect(ca.certificate["key_algorithm"]).toBe(algorithm);
    expect(leaf["ca_key_algorithm"]).toBe(algorithm);
    expect(BigInt(textOf(leaf, "id"))).toBe(BigInt(`0x${parse(leaf).serialNumber}`));
    const end = new Date(textOf(ca.certificate, "validity_end_time"));
    expect(Math.abs(new Date(certificate.validTo).getTime() - end.getTime())).toBeLessThan(1000);
    const start = new Date(textOf(ca.certificate, "validity_start_time"));
    expect(end.getTime() - start.getTime()).toBe(87600 * 3_600_000);
  });
});

test("a serial number is the shortest positive ASN.1 integer", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: (1n << 128n) - 1n }), (serial) => {
      const hex = derInteger(serial);
      expect(BigInt.asIntN(hex.length * 4, BigInt(`0x${hex}`))).toBe(serial);
      expect(hex).not.toMatch(/^00[0-7]/);
    }),
  );
});

test("warns when the authority is none", async () => {
  const key = await privateKey("ECDSA", "P256");
  const warnings: Problem[] = [];
  const plain = await authority(key, { is_ca_certificate: false });
  await signed(plain, await privateKey("ECDSA", "P256"), server, {}, (problem) => warnings.push(problem));
  expect(warnings.map(({ summary }) => summary)).toEqual(["Potentially Invalid Certificate Authority"]);
});

test("refuses a key that is not the authority's", async () => {
  const ca = await authority(await privateKey("ECDSA", "P256"));
  const other = { ...ca, key: await privateKey("ECDSA", "P256") };
  await expect(signed(other, ca.key, server)).rejects.toThrow(
    "Failed to create certificate: x509: provided PrivateKey doesn't match parent's PublicKey",
  );
});

test.each([
  ["private_key_pem", "Failed to parse private key PEM"],
  ["ip_addresses", 'Invalid IP address: Failed to parse "10.0.0"'],
  ["subject", "Invalid Certificate Subject: Must contain at least one Distinguished Name"],
])("refuses a bad %s of an authority", async (name, message) => {
  const bad = { private_key_pem: "-----BEGIN", ip_addresses: ["10.0.0"], subject: [] };
  const given = Object.entries(bad).filter(([each]) => each === name);
  await expect(authority(await privateKey("ECDSA", "P256"), Object.fromEntries(given))).rejects.toThrow(
    message,
  );
});

test.each([
  ["cert_request_pem", "Failed to parse certificate request PEM"],
  ["ca_cert_pem", "Failed to parse CA certificate PEM"],
  ["ca_private_key_pem", "Failed to parse CA private key PEM"],
])("refuses a bad %s of a signed certificate", async (name, message) => {
  const ca = await authority(await privateKey("ECDSA", "P256"));
  await expect(signed(ca, ca.key, server, { [name]: "no PEM" })).rejects.toThrow(message);
});

test("refuses an authority key id where there is no key id", async () => {
  const key = await privateKey("ECDSA", "P256");
  const given = { is_ca_certificate: false, set_authority_key_id: true };
  await expect(authority(key, given)).rejects.toThrow("Could not determine Authority Key Identifier");
});

test("refuses a use that no certificate knows, and a negative term", () => {
  const problems = problemsOf(tlsProvider, "tls_self_signed_cert", {
    private_key_pem: "",
    allowed_uses: ["cert_signing", "world_domination"],
    validity_period_hours: -1,
    subject: [emptySubject, emptySubject],
  });
  expect(problems.map(({ path, detail }) => [path, detail])).toEqual([
    [
      ["allowed_uses", 1],
      expect.stringMatching(/one of: \["any_extended" .*"timestamping"\], got: "world_domination"$/),
    ],
    [["validity_period_hours"], "Attribute validity_period_hours value must be at least 0, got: -1"],
    [["subject"], "Attribute subject list must contain at most 1 elements, got: 2"],
  ]);
});

test("a request is signed by its own key", async () => {
  const key = await privateKey("RSA");
  const request = await make(tlsProvider, "tls_cert_request", {
    private_key_pem: textOf(key, "private_key_pem"),
    ...server,
  });
  const said = execFileSync("openssl", ["req", "-noout", "-verify", "-text"], {
    input: textOf(request, "cert_request_pem"),
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  expect(said).toContain("DNS:api.lab, IP Address:127.0.0.1");
  expect(textOf(request, "cert_request_pem")).toMatch(pemOf("CERTIFICATE REQUEST"));
  expect(request["key_algorithm"]).toBe("RSA");
});

function parse(certificate: Attributes): X509Certificate {
  return new X509Certificate(textOf(certificate, "cert_pem"));
}

async function handshake(
  ca: Issued,
  key: Attributes,
  leaf: Attributes,
): Promise<{ authorized: boolean; subject: string }> {
  const [cert, secret, trusted] = [
    textOf(leaf, "cert_pem"),
    textOf(key, "private_key_pem"),
    textOf(ca.certificate, "cert_pem"),
  ];
  const listening = createServer({ cert, key: secret }, (socket) => socket.end());
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const dialled = connect(
      { host: "127.0.0.1", port: address.port, ca: trusted, servername: "api.lab" },
      () => {
        resolve(dialled);
      },
    );
    dialled.once("error", reject);
  });
  const answer = { authorized: socket.authorized, subject: socket.getPeerCertificate().subject.CN };
  socket.destroy();
  await new Promise((resolve) => listening.close(resolve));
  return answer;
}
