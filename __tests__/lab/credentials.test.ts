import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deployRole, freshCredentials } from "../../lab/credentials";

test("the lab's token has the role that the manual tells operators to make, and no more", () => {
  const manual = readFileSync(join(__dirname, "..", "..", "docs", "how-to", "proxmox-token.md"), "utf8");
  const role = /pveum role add SlipwayDeploy --privs "([^"]+)"/.exec(manual)?.[1];
  expect([...deployRole].sort()).toEqual(role?.split(" ").sort());
});

test("no two labs share a secret", () => {
  const [one, other] = [freshCredentials(), freshCredentials()];
  expect(one.environment["PROXMOX_VE_API_TOKEN"]).not.toBe(other.environment["PROXMOX_VE_API_TOKEN"]);
  expect(one.environment["PROXMOX_VE_SSH_PRIVATE_KEY"]).not.toBe(
    other.environment["PROXMOX_VE_SSH_PRIVATE_KEY"],
  );
});
