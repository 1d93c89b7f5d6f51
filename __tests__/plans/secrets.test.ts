import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folder, kinds } from "./plans";
import { stored } from "./stored";

const secret = "hunter2-Xk29sQ";
const encoded = Buffer.from(`K10abc::server:${secret}`).toString("base64");

test("a stored plan holds no secret: not bare, not inside another text, not as base64, marked or not", () => {
  const plan = {
    format_version: "1.2",
    resource_changes: [
      {
        address: "random_password.server-token",
        mode: "managed",
        type: "random_password",
        name: "server-token",
        change: { actions: ["update"], before: { result: secret }, after: { result: secret } },
      },
      {
        address: "proxmox_virtual_environment_file.a",
        mode: "managed",
        type: "proxmox_virtual_environment_file",
        name: "a",
        change: {
          actions: ["update"],
          before: { data: `token: ${secret}` },
          after: { data: `content: ${encoded}\nsaid: "${secret}"`, marked: "another-secret-text" },
          before_sensitive: {},
          after_sensitive: { marked: true },
        },
      },
    ],
  };
  const text = JSON.stringify(stored(plan));
  for (const leak of [secret, encoded, Buffer.from(secret).toString("base64"), "another-secret-text"]) {
    expect(text).not.toContain(leak);
  }
  expect(text).toContain("(secret: random_password.server-token)");
});

test.each([...kinds.values()].flat())("%s holds no key and no token", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).not.toMatch(/PRIVATE KEY|K10[0-9a-f]{16}|LS0tLS1CRUdJ/);
});
