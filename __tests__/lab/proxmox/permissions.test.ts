import { type Stand, standUp } from "./stand/lab";
import { PRIVILEGES, TOKEN, accounts } from "./stand/site";
import { createdVm, imported, template } from "./stand/vms";

let stand: Stand;
beforeEach(async () => (stand = await standUp()));
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const revoke = (privilege: string): void => stand.lab.hand.revoke(TOKEN.id, privilege);

describe("a token", () => {
  it.each([
    ["VM.Allocate", "/vms/100"],
    ["VM.Config.CPU", "/vms/100"],
    ["VM.Config.Memory", "/vms/100"],
    ["VM.Config.Options", "/vms/100"],
    ["Datastore.AllocateSpace", "/storage/local-lvm"],
    ["SDN.Use", "/sdn/zones/localnetwork/vmbr0"],
  ])("without %s cannot create a machine", async (privilege, path) => {
    revoke(privilege);
    expect(await createdVm(stand, 100, { cores: "2" })).toBe(
      `403 Permission check failed (${path}, ${privilege})`,
    );
    expect(stand.lab.isEmpty().empty).toBe(true);
  });

  it.each([
    ["VM.Clone", "/vms/100, VM.Clone"],
    ["VM.Allocate", "/vms/101, VM.Allocate"],
    ["Datastore.AllocateSpace", "/storage/local-lvm, Datastore.AllocateSpace"],
  ])("without %s cannot clone", async (privilege, where) => {
    await template(stand, 100);
    revoke(privilege);
    expect(await stand.run("POST", "/nodes/pve1/qemu/100/clone", { newid: "101", full: "1" })).toBe(
      `403 Permission check failed (${where})`,
    );
  });

  it("without VM.Clone cannot import another machine's disk", async () => {
    await createdVm(stand, 100);
    revoke("VM.Clone");
    expect(await createdVm(stand, 101, { scsi0: "local-lvm:0,import-from=local-lvm:vm-100-disk-0" })).toBe(
      "403 Permission check failed (/vms/100, VM.Clone)",
    );
  });

  it("needs one of two privileges for cloud-init options", async () => {
    await createdVm(stand, 100);
    const put = (): Promise<number> =>
      stand
        .ask("PUT", "/nodes/pve1/qemu/100/config", { body: { ciuser: "ops" } })
        .then(({ status }) => status);
    revoke("VM.Config.Cloudinit");
    expect(await put()).toBe(200);
    revoke("VM.Config.Network");
    expect(await put()).toBe(403);
  });

  it("without Sys.AccessNetwork cannot have a file downloaded", async () => {
    revoke("Sys.AccessNetwork");
    expect(await imported(stand)).toBe("403 Permission check failed (/nodes/pve1, Sys.AccessNetwork)");
  });

  it("without VM.GuestAgent.Audit cannot ask the agent", async () => {
    await createdVm(stand, 100);
    revoke("VM.GuestAgent.Audit");
    const answer = await stand.ask("GET", "/nodes/pve1/qemu/100/agent/network-get-interfaces");
    expect(answer.reason).toBe(
      "Permission check failed (/vms/100, VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted)",
    );
  });

  it("without VM.Audit sees no machine", async () => {
    await createdVm(stand, 100);
    revoke("VM.Audit");
    expect((await stand.ask("GET", "/cluster/resources", { query: { type: "vm" } })).data).toEqual([]);
    expect((await stand.ask("GET", "/nodes/pve1/qemu/100/status/current")).status).toBe(403);
  });

  it("may do to a pool's machines what it may on the pool", async () => {
    await stand.close();
    const grants = [
      { path: "/pool/slipway", privileges: PRIVILEGES },
      ...["/storage", "/sdn"].map((path) => ({ path, privileges: PRIVILEGES })),
    ];
    stand = await standUp({ accounts: { ...accounts(), tokens: [{ ...TOKEN, grants }] } });
    expect((await stand.ask("POST", "/pools", { body: { poolid: "slipway" } })).status).toBe(200);
    expect(await createdVm(stand, 100, { pool: "slipway" })).toBe("OK");
    expect(await createdVm(stand, 101)).toBe("403 Permission check failed (/vms/101, VM.Allocate)");
    expect((await stand.ask("GET", "/nodes/pve1/qemu/100/config")).status).toBe(200);
  });
});

describe("the permissions a token asks for", () => {
  const ask = (query?: Record<string, string>): Promise<unknown> =>
    stand.ask("GET", "/access/permissions", query === undefined ? {} : { query }).then(({ data }) => data);

  it("are its own, by path", async () => {
    stand.lab.hand.grant(TOKEN.id, "/vms/900", ["VM.Audit"]);
    const tree = await ask();
    expect(tree).toMatchObject({ "/": { "VM.Allocate": 1 }, "/storage": { "Datastore.AllocateSpace": 1 } });
    expect(tree).toMatchObject({ "/vms/900": { "VM.Audit": 1 } });
  });

  it("at one path are what holds there: a deeper grant replaces the one above", async () => {
    stand.lab.hand.grant(TOKEN.id, "/vms/900", ["VM.Audit"]);
    expect(await ask({ path: "/vms/900" })).toEqual({ "/vms/900": { "VM.Audit": 1 } });
  });

  it("lack what was revoked", async () => {
    revoke("VM.Clone");
    expect(await ask({ path: "/" })).not.toHaveProperty(["/", "VM.Clone"]);
  });
});

it("refuses a grant of a privilege that Proxmox VE 9 does not have", async () => {
  const grants = [{ path: "/", privileges: ["VM.Monitor"] }];
  await expect(standUp({ accounts: { ...accounts(), tokens: [{ ...TOKEN, grants }] } })).rejects.toThrow(
    "Proxmox has no privilege VM.Monitor",
  );
});
