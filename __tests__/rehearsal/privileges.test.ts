import { readFileSync } from "node:fs";
import { join } from "node:path";
import { privilegesWanted } from "../../constructs/proxmox-privileges";
import { deployRole } from "../../lab/credentials";
import { Access } from "../../lab/proxmox/access/access";
import { loadModel } from "../../load-cluster";
import {
  buildingMilliseconds,
  clusterFile,
  project,
  rehearsing,
  stand,
  type Standing,
} from "./stand/standing";

const file = clusterFile("two-workers");

/** wanted privileges by path, as the gate asks for them. */
const wanted = loadModel(file).model.clusters.flatMap((cluster) =>
  privilegesWanted(cluster)
    .split("\n")
    .map((line) => {
      const [path = "", ...privileges] = line.split(" ");
      return { path, privileges };
    }),
);

test("the role in docs/how-to/proxmox-token.md has each privilege that a cluster wants, and no other", () => {
  const guide = readFileSync(join(project, "docs/how-to/proxmox-token.md"), "utf8");
  const role = /pveum role add SlipwayDeploy --privs "([^"]*)"/.exec(guide)?.[1]?.split(" ") ?? [];
  const all = [...new Set(wanted.flatMap(({ privileges }) => privileges))];
  expect(role).toEqual(all.sort());
  expect([...deployRole]).toEqual(role);
});

rehearsing("the token's privileges", () => {
  const asked: { path: string; anyOf: readonly string[] }[] = [];
  let standing: Standing;
  let token: string;

  beforeAll(async () => {
    standing = await stand(file);
    const [id = ""] = (standing.environment["PROXMOX_VE_API_TOKEN"] ?? "").split("=");
    token = id;
    const { hand } = standing.lab.proxmox;
    for (const privilege of deployRole) hand.revoke(token, privilege);
    for (const { path, privileges } of wanted) hand.grant(token, path, privileges);
    for (const stack of ["small-identity", "small-machines"]) await terraform(stack, "init");
    await terraform("small-identity", "apply", "-auto-approve");
  }, buildingMilliseconds);
  afterAll(async () => {
    jest.restoreAllMocks();
    await standing.close();
  });

  const terraform = (stack: string, command: string, ...args: readonly string[]) =>
    standing.terraform(stack, command, "-input=false", "-no-color", ...args);

  test("refuses a token that lacks some, lists them by path, and changes nothing", async () => {
    const { hand, isEmpty, requests } = standing.lab.proxmox;
    hand.revoke(token, "VM.Clone", "/vms");
    hand.revoke(token, "VM.Config.Cloudinit", "/vms");
    hand.revoke(token, "Datastore.Allocate", "/storage/local");
    const applied = await terraform("small-machines", "apply", "-auto-approve");
    hand.grant(token, "/vms", ["VM.Clone", "VM.Config.Cloudinit"]);
    hand.grant(token, "/storage/local", ["Datastore.Allocate"]);
    expect(applied.code).toBe(1);
    expect(applied.output).toContain("the Proxmox credential lacks privileges, and nothing was changed:");
    expect(applied.output).toContain("  /vms: VM.Clone VM.Config.Cloudinit\n");
    expect(applied.output).toContain("  /storage/local: Datastore.Allocate\n");
    expect(applied.output).toContain("docs/how-to/proxmox-token.md");
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(isEmpty()).toEqual({ empty: true, left: [] });
  });

  test("suffice for a cluster's whole life when they are those wanted, there, and nothing else", async () => {
    const has = jest.spyOn(Access.prototype, "has");
    expect((await terraform("small-machines", "apply", "-auto-approve")).output).toContain("Apply complete!");
    expect((await terraform("small-machines", "plan", "-detailed-exitcode")).code).toBe(0);
    await standing.program.synth(clusterFile("edited-unprotected"));
    expect((await terraform("small-machines", "apply", "-auto-approve")).output).toContain("Apply complete!");
    expect((await terraform("small-machines", "destroy", "-auto-approve")).output).toContain(
      "Destroy complete!",
    );
    expect(standing.lab.proxmox.isEmpty()).toEqual({ empty: true, left: [] });
    for (const [, path, anyOf] of has.mock.calls) asked.push({ path, anyOf });
    expect(standing.lab.proxmox.requests.filter(({ status }) => status === 403)).toEqual([]);
  });

  test("are all needed: for each there is a request that no other of them opens", () => {
    const unneeded = wanted.flatMap(({ path, privileges }) =>
      privileges
        .filter((privilege) => {
          const others = privileges.filter((other) => other !== privilege);
          return !asked.some(
            ({ path: at, anyOf }) =>
              isBelow(at, path) &&
              anyOf.includes(privilege) &&
              !others.some((other) => anyOf.includes(other)),
          );
        })
        .map((privilege) => `${path} ${privilege}`),
    );
    expect(unneeded).toEqual([]);
  });
});

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}
