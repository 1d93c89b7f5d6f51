import fc from "fast-check";
import { X509Certificate } from "node:crypto";
import { alternativeNameExtension, requestedNames } from "../../../lab/providers/tls/alternative-names";
import { authority, emptySubject, privateKey, server, signed, type Issued } from "./authority";
import { textOf } from "./make";
import { nameTypes, openssl, verify } from "./openssl";

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
    expect(new X509Certificate(textOf(leaf, "cert_pem")).subjectAltName).toBe(
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
    expect(nameTypes(leaf, "-issuer")).toBe(nameTypes(own.certificate, "-subject"));
    expect(verify(own, leaf, "sslclient")).toMatch(/: OK$/);
  });
});

test("an address stands in a certificate with its own bytes, whatever its notation", () => {
  const names = { dns_names: null, uris: null };
  const bytesOf = (address: string): Buffer => {
    const [extension] = alternativeNameExtension({ ...names, ip_addresses: [address] }, false);
    if (extension === undefined) throw new Error("There is no extension.");
    const again = alternativeNameExtension(requestedNames(extension), false);
    expect(again[0]?.rawData).toEqual(extension.rawData);
    return Buffer.from(extension.value).subarray(4);
  };
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(8), fc.nat(8), (random, from, to) => {
      const bytes = Buffer.from(random).fill(0, from * 2, to > from ? to * 2 : from * 2);
      const hextets = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
      fc.pre(!(bytes.subarray(0, 10).every((byte) => byte === 0) && hextets[5] === "ffff"));
      expect(bytesOf(hextets.join(":"))).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const bytes = Buffer.from(address.split(".").map(Number));
      expect(bytesOf(address)).toEqual(bytes);
      expect(bytesOf(`::ffff:${address}`)).toEqual(bytes);
    }),
  );
  expect(bytesOf("fd00::1").toString("hex")).toBe("fd000000000000000000000000000001");
});

test("an ED25519 authority has the key id that Go computes", async () => {
  const private_key_pem =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----\n";
  const { certificate } = await authority({ private_key_pem });
  const id = "0148F310832D2973FF91EC6C7558A3A3E27D4180".replace(/(..)(?=.)/g, "$1:");
  expect(openssl(certificate)).toContain(`Subject Key Identifier: \n ${id}\n`);
});
