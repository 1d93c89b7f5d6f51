import { execFile } from "node:child_process";
import { join } from "node:path";
import { type Party, party } from "./parties";

let root: Party;
let middle: Party;
let good: Party;

beforeAll(async () => {
  root = await party({ name: "root", names: [], authority: true });
  middle = await party({ name: "middle", names: [], signer: root, authority: true });
  good = await party({ name: "leaf", names: ["test.com", "*.test.com"], signer: middle });
});

test("a certificate for the hosts, with its key and its chain, may be sent", async () => {
  const chain = good.certificate + middle.certificate;
  const { status, output } = await gate(chain, good.key, ["main.test.com", "test.com", "*.test.com"]);
  expect(output).toBe("the certificate for main.test.com, test.com, *.test.com is good for 89 more days\n");
  expect(status).toBe(0);
});

test("one that ends within a month may be sent, and says that it has to be renewed", async () => {
  const short = await party({ name: "leaf", names: ["test.com"], signer: root, until: 10 });
  const { status, output } = await gate(short.certificate, short.key, ["test.com"]);
  expect(output).toContain("renew it soon: give TF_VAR_test_com_certificate the next one and deploy");
  expect(status).toBe(0);
});

test("refuses a key of another certificate, a host it is not for and a chain out of order, all at once", async () => {
  const { status, output } = await gate(good.certificate + root.certificate, middle.key, [
    "main.test.com",
    "a.main.test.com",
    "*.main.test.com",
  ]);
  expect(output).toContain("TF_VAR_test_com_key is the key of another certificate");
  expect(output).toContain(
    "not for a.main.test.com, *.main.test.com; it is for DNS:test.com, DNS:*.test.com.",
  );
  expect(output).toContain("Certificate 2 of the chain did not sign number 1.");
  expect(output).toContain("Nothing was sent to the proxy.");
  expect(status).toBe(1);
});

test("refuses a certificate that has ended, and one that has not begun", async () => {
  const ended = await party({ name: "leaf", names: ["test.com"], signer: root, from: -20, until: -1 });
  expect((await gate(ended.certificate, ended.key, ["test.com"])).output).toContain(
    "The certificate ended on",
  );
  const early = await party({ name: "leaf", names: ["test.com"], signer: root, from: 5 });
  expect((await gate(early.certificate, early.key, ["test.com"])).output).toContain(
    "The certificate begins on",
  );
});

test.each([
  ["", "TF_VAR_test_com_certificate holds no certificate"],
  [
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "TF_VAR_test_com_certificate holds no certificate",
  ],
])("refuses %j in place of a certificate, and prints no key", async (text, words) => {
  const { status, output } = await gate(text, good.key, ["test.com"]);
  expect(output).toContain(words);
  expect(output).not.toContain(good.key.slice(40, 80));
  expect(status).toBe(1);
});

test("refuses a certificate without a subject, which the provider cannot upload, and says both ways out", async () => {
  const bare = await party({ name: "leaf", names: ["test.com"], signer: root, subject: "" });
  const { status, output } = await gate(bare.certificate, bare.key, ["test.com"]);
  expect(output).toContain("The certificate has no subject");
  expect(output).toContain("ask its authority for one with a common name");
  expect(output).toContain("inProxy: <its number>");
  expect(status).toBe(1);
});

test("refuses text that is no key, and prints none of it", async () => {
  const { output } = await gate(good.certificate, "not-a-key-but-secret", ["test.com"]);
  expect(output).toContain("TF_VAR_test_com_key holds no private key that can be read");
  expect(output).not.toContain("not-a-key-but-secret");
});

function gate(
  certificate: string,
  key: string,
  names: readonly string[],
): Promise<{ status: number; output: string }> {
  const file = join(__dirname, "..", "..", "constructs", "gates", "certificate.mjs");
  const env = {
    ...{ PATH: process.env["PATH"], CERTIFICATE: certificate, KEY: key },
    ...{ NAMES: names.join(" "), VARIABLE: "test_com" },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [file], { env }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
  });
}
