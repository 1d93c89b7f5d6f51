import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type TLSSocket } from "node:tls";
import type { Problem } from "../../../lab/providers/protocol/problem";
import type { Attributes } from "../../../lab/providers/protocol/value";
import { tlsProvider } from "../../../lab/providers/tls";
import { derInteger } from "../../../lab/providers/tls/serial";
import { authority, emptySubject, privateKey, signed, type Issued } from "./authority";
import { make, problemsOf, textOf } from "./make";

const admin = { subject: [{ ...emptySubject, common_name: "admin", organization: "system:masters" }] };
const server = {
  ...admin,
  dns_names: ["api.lab"],
  ip_addresses: ["127.0.0.1", "fd00::1"],
  uris: ["spiffe://lab/api"],
};

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

  it("signs what Go and Node find by name: issuer and subject byte for byte", () => {
    const [child, parent] = [parse(leaf), parse(ca.certificate)];
    expect(child.checkIssued(parent)).toBe(true);
    expect(child.verify(parent.publicKey)).toBe(true);
    expect(child.raw.includes(derName(parent))).toBe(true);
  });

  it("serves TLS to a client that trusts it", async () => {
    expect(await handshake(ca, key, leaf)).toEqual({ authorized: true, subject: "admin" });
  });

  it("tells its algorithm, its serial number and when it ends", () => {
    const certificate = parse(ca.certificate);
    expect(ca.certificate["key_algorithm"]).toBe(algorithm);
    expect(leaf["ca_key_algorithm"]).toBe(algorithm);
    expect(BigInt(textOf(leaf, "id"))).toBe(BigInt(`0x${parse(leaf).serialNumber}`));
    const end = new Date(textOf(ca.certificate, "validity_end_time"));
    expect(Math.abs(new Date(certificate.validTo).getTime() - end.getTime())).toBeLessThan(1000);
    const start = new Date(textOf(ca.certificate, "validity_start_time"));
    expect(end.getTime() - start.getTime()).toBe(87600 * 3_600_000);
  });
});

describe("extensions", () => {
  let ca: Issued;
  beforeAll(async () => {
    ca = await authority(await privateKey("ECDSA", "P256"), { set_authority_key_id: true });
  });

  it("of an authority: CA, critical key usage, one key id for subject and authority", () => {
    const text = openssl(ca.certificate);
    expect(text).toContain("X509v3 Key Usage: critical\n Digital Signature, Certificate Sign, CRL Sign\n");
    expect(text).toContain("X509v3 Basic Constraints: critical\n CA:TRUE\n");
    const id = /Subject Key Identifier: \n (?:keyid:)?([0-9A-F:]+)/.exec(text)?.[1];
    expect(id).toMatch(/^(?:[0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    expect(text).toMatch(new RegExp(`Authority Key Identifier: \n (?:keyid:)?${String(id)}\n`));
  });

  it("of a signed certificate: what was requested, the authority's key id, no key id of its own", async () => {
    const leaf = await signed(ca, await privateKey("ECDSA", "P256"), server);
    const text = openssl(leaf);
    expect(text).toContain("Subject: O = system:masters, CN = admin");
    expect(text).toContain("X509v3 Key Usage: critical\n Digital Signature, Key Encipherment\n");
    expect(text).toContain("TLS Web Server Authentication, TLS Web Client Authentication");
    expect(text).toContain("X509v3 Basic Constraints: critical\n CA:FALSE\n");
    expect(text).toContain("Authority Key Identifier");
    expect(text).not.toContain("Subject Key Identifier");
    expect(parse(leaf).subjectAltName).toBe(
      "DNS:api.lab, IP Address:127.0.0.1, IP Address:FD00:0:0:0:0:0:0:1, URI:spiffe://lab/api",
    );
  });

  it("of a certificate without a subject: critical alternative names", async () => {
    const leaf = await signed(ca, await privateKey("ECDSA", "P256"), { dns_names: ["api.lab"] });
    expect(openssl(leaf)).toContain("X509v3 Subject Alternative Name: critical\n DNS:api.lab");
    expect(verify(ca, leaf, "sslserver")).toMatch(/: OK$/);
  });

  it("of an intermediate authority: it signs in its turn", async () => {
    const key = await privateKey("ECDSA", "P256");
    const uses = { allowed_uses: ["cert_signing"], is_ca_certificate: true };
    const certificate = await signed(ca, key, { subject: [{ ...emptySubject, common_name: "below" }] }, uses);
    const leaf = await signed({ key, certificate }, await privateKey("ECDSA", "P256"), server);
    expect(verify(ca, leaf, "sslserver", certificate)).toMatch(/: OK$/);
  });

  it("carry a whole subject, the e-mail address only where nothing is signed over", async () => {
    const subject = [
      {
        common_name: "Jürgen",
        country: "DE",
        email_address: "j@lab.test",
        locality: "Kiel",
        organization: "Lab",
        organizational_unit: "Ops",
        postal_code: "24103",
        province: "SH",
        serial_number: "7",
        street_address: ["Hafen 1", "Haus B"],
      },
    ];
    const own = await authority(await privateKey("ECDSA", "P256"), { subject });
    const name =
      "C = DE, O = Lab, OU = Ops, L = Kiel, ST = SH, street = Hafen 1 + street = Haus B, postalCode = 24103, CN = J\\C3\\BCrgen, serialNumber = 7";
    expect(openssl(own.certificate)).toContain(`Subject: ${name}, emailAddress = j@lab.test\n`);
    const leaf = await signed(own, await privateKey("ECDSA", "P256"), { subject });
    expect(openssl(leaf)).toContain(`Subject: ${name}\n`);
    expect(verify(own, leaf, "sslclient")).toMatch(/: OK$/);
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
  expect(request["key_algorithm"]).toBe("RSA");
});

function parse(certificate: Attributes): X509Certificate {
  return new X509Certificate(textOf(certificate, "cert_pem"));
}

/** openssl prints a certificate, indentation reduced to one blank. */
function openssl(certificate: Attributes): string {
  const args = ["x509", "-noout", "-text"];
  return execFileSync("openssl", args, { input: textOf(certificate, "cert_pem"), encoding: "utf8" }).replace(
    /^ +/gm,
    " ",
  );
}

function verify(ca: Issued, leaf: Attributes, purpose: string, between?: Attributes): string {
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
    return execFileSync("openssl", ["verify", ...args], { encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** derName is the subject as it stands in the certificate: found by its only attribute, the common name. */
function derName(certificate: X509Certificate): Buffer {
  const name = Buffer.from("lab-ca");
  const at = certificate.raw.lastIndexOf(name);
  return certificate.raw.subarray(at - 13, at + name.length);
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
      () => resolve(dialled),
    );
    dialled.once("error", reject);
  });
  const answer = { authorized: socket.authorized, subject: socket.getPeerCertificate().subject.CN };
  socket.destroy();
  await new Promise((resolve) => listening.close(resolve));
  return answer;
}
