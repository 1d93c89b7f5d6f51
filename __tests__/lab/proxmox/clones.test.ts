import { type Stand, standUp } from "./stand/lab";
import { createdVm, template } from "./stand/vms";

let stand: Stand;
beforeEach(async () => (stand = await standUp()));
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const clone = (body: Record<string, string>, source = 100): Promise<string> =>
  stand.run("POST", `/nodes/pve1/qemu/${source}/clone`, { newid: "101", ...body });
const config = (id: number): Readonly<Record<string, string>> => stand.lab.state.vm(id)?.config ?? {};

describe("a full clone", () => {
  it("has its own disks, address and identity, and is no template", async () => {
    await template(stand, 100);
    expect(await clone({ full: "1", name: "worker" })).toBe("OK");
    expect(config(101)).toMatchObject({ name: "worker", scsi0: "local-lvm:vm-101-disk-0,size=8G" });
    expect(config(101)["template"]).toBeUndefined();
    for (const option of ["net0", "smbios1", "vmgenid"]) {
      expect(config(101)[option]).toBeDefined();
      expect(config(101)[option]).not.toBe(config(100)[option]);
    }
  });

  it("is named after its source when it gets no name", async () => {
    await createdVm(stand, 100, { name: "ubuntu" });
    await clone({});
    expect(config(101)["name"]).toBe("Copy-of-VM-ubuntu");
  });

  it("lands on the storage that is asked for", async () => {
    await template(stand, 100);
    await clone({ full: "1", storage: "ceph" });
    expect(config(101)["scsi0"]).toBe("ceph:vm-101-disk-0,size=8G");
  });

  it("gets a cloud-init drive under its own id", async () => {
    await createdVm(stand, 100, { ide2: "local-lvm:cloudinit" });
    await clone({});
    expect(config(101)["ide2"]).toBe("local-lvm:vm-101-cloudinit,media=cdrom,size=4M");
  });

  it("outlives its template", async () => {
    await template(stand, 100);
    await clone({ full: "1" });
    expect(await stand.run("DELETE", "/nodes/pve1/qemu/100")).toBe("OK");
    expect(await stand.run("POST", "/nodes/pve1/qemu/101/status/start")).toBe("OK");
  });

  it("goes to another host when everything is shared", async () => {
    await createdVm(stand, 100, { scsi0: "ceph:8" });
    expect(await clone({ target: "pve2" })).toBe("OK");
    expect(stand.lab.state.vm(101)?.host).toBe("pve2");
  });

  it("is locked until its worker is done", async () => {
    await template(stand, 100);
    stand.lab.hand.fail({ path: "/clone" }, { kind: "task", task: { milliseconds: 60_000 } });
    await stand.ask("POST", "/nodes/pve1/qemu/100/clone", { body: { newid: "101" } });
    expect(stand.lab.state.locks().get(101)).toBe("clone");
    const change = await stand.ask("PUT", "/nodes/pve1/qemu/101/config", { body: { name: "x" } });
    expect(change.reason).toBe("VM is locked (clone)");
  });

  it.each([
    [{ target: "pve2" }, "500 can't clone VM to node 'pve2' (VM uses local storage)"],
    [{ target: "pve2", storage: "tank" }, "500 can't clone to non-shared storage 'tank'"],
    [{ pool: "none" }, "500 pool 'none' does not exist"],
    [{ newid: "100" }, "500 unable to create VM 100 - VM 100 already exists on node 'pve1'"],
  ] as [Record<string, string>, string][])("refuses %j", async (body, text) => {
    await createdVm(stand, 100);
    expect(await clone(body)).toBe(text);
  });

  it("refuses a source that is locked", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.setLock(100, "backup");
    expect(await clone({})).toBe("500 VM is locked (backup)");
  });

  it("leaves nothing when its worker dies", async () => {
    await template(stand, 100);
    const error = "clone failed: can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout";
    stand.lab.hand.fail({ method: "POST", path: "/clone" }, { kind: "task", task: { dies: error } });
    expect(await clone({})).toBe(error);
    expect(stand.lab.state.vm(101)).toBeUndefined();
    expect(await clone({})).toBe("OK");
  });

  it("leaves nothing when there is no space", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.fillStorage("local-lvm", "pve1");
    expect(await clone({})).toContain("clone failed: lvcreate");
    expect(stand.lab.state.vm(101)).toBeUndefined();
  });
});

describe("a linked clone", () => {
  it("names its base where the storage does", async () => {
    await template(stand, 100, { scsi0: "tank:8" });
    expect(await clone({ full: "0" })).toBe("OK");
    expect(config(101)["scsi0"]).toBe("tank:base-100-disk-0/vm-101-disk-0,size=8G");
  });

  it("looks like any disk on LVM-thin", async () => {
    await template(stand, 100);
    await clone({ full: "0" });
    expect(config(101)["scsi0"]).toBe("local-lvm:vm-101-disk-0,size=8G");
  });

  it("refuses a storage of its own", async () => {
    await template(stand, 100);
    expect(await clone({ full: "0", storage: "ceph" })).toBe(
      "500 parameter 'storage' not allowed for linked clones",
    );
  });

  it("refuses a source that is no template", async () => {
    await createdVm(stand, 100);
    expect(await clone({ full: "0" })).toBe(
      "500 Linked clone feature is not supported for 'local-lvm:vm-100-disk-0' (scsi0)",
    );
  });
});

describe("a migration", () => {
  it("takes local disks along", async () => {
    await createdVm(stand, 100);
    expect(
      await stand.run("POST", "/nodes/pve1/qemu/100/migrate", { target: "pve2", "with-local-disks": "1" }),
    ).toBe("OK");
    expect(stand.lab.state.vm(100)?.host).toBe("pve2");
    expect(stand.lab.state.volumes()).toMatchObject([{ volid: "local-lvm:vm-100-disk-0", host: "pve2" }]);
  });

  it("refuses a running machine without online", async () => {
    await createdVm(stand, 100);
    await stand.lab.hand.powerOn(100);
    expect(await stand.run("POST", "/nodes/pve1/qemu/100/migrate", { target: "pve2" })).toBe(
      "500 can't migrate running VM without --online",
    );
  });
});
