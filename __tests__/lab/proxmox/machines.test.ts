import { type Stand, standUp } from "./stand/lab";
import { GIB } from "./stand/site";
import { createdVm, imported, template } from "./stand/vms";

let stand: Stand;
beforeEach(async () => (stand = await standUp()));
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const config = (id: number): Readonly<Record<string, string>> => stand.lab.state.vm(id)?.config ?? {};
const volids = (): string[] => stand.lab.state.volumes().map(({ volid }) => volid);

describe("a machine that is created", () => {
  it("reads back in Proxmox's normal form", async () => {
    expect(await createdVm(stand, 100, { onboot: "1", cores: "2" })).toBe("OK");
    const { data } = await stand.ask("GET", "/nodes/pve1/qemu/100/config");
    expect(data).toMatchObject({
      cores: 2,
      onboot: 1,
      memory: "2048",
      scsi0: "local-lvm:vm-100-disk-0,size=8G",
      net0: expect.stringMatching(/^virtio=BC:24:11(:[0-9A-F]{2}){3},bridge=vmbr0$/),
      smbios1: expect.stringMatching(/^uuid=[0-9a-f-]{36}$/),
      vmgenid: expect.any(String),
      meta: expect.stringMatching(/^creation-qemu=.+,ctime=\d+$/),
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  it("numbers its disks in the order of the drives' names", async () => {
    await createdVm(stand, 100, {
      efidisk0: "local-lvm:1,efitype=4m",
      tpmstate0: "local-lvm:1,version=v2.0",
    });
    expect(config(100)).toMatchObject({
      efidisk0: "local-lvm:vm-100-disk-0,efitype=4m,size=4M",
      scsi0: "local-lvm:vm-100-disk-1,size=8G",
      tpmstate0: "local-lvm:vm-100-disk-2,size=4M,version=v2.0",
    });
  });

  it("takes the size of the image it imports", async () => {
    await imported(stand);
    const imports = { scsi0: "file=local-lvm:0,import-from=local:import/noble.qcow2,size=10737418240,ssd=1" };
    expect(await createdVm(stand, 100, imports)).toBe("OK");
    expect(config(100)["scsi0"]).toBe("local-lvm:vm-100-disk-0,size=3584M,ssd=1");
  });

  it("keeps the image's format on a storage of files, and is raw on blocks", async () => {
    await imported(stand);
    await createdVm(stand, 100, { scsi0: "file=nas:0,import-from=local:import/noble.qcow2" });
    expect(config(100)["scsi0"]).toBe("nas:100/vm-100-disk-0.qcow2,size=3584M");
  });

  it("refuses an id in use, on any host", async () => {
    await createdVm(stand, 100);
    expect(await createdVm(stand, 100, {}, "pve2")).toBe(
      "500 unable to create VM 100 - VM 100 already exists on node 'pve1'",
    );
  });

  it("refuses an image that is not on its own host, and leaves nothing", async () => {
    await imported(stand, "pve2");
    const imports = { scsi0: "file=local-lvm:0,import-from=local:import/noble.qcow2" };
    expect(await createdVm(stand, 100, { ...imports, efidisk0: "local-lvm:1" })).toContain(
      "cannot import from 'local:import/noble.qcow2' - could not get size of local:import/noble.qcow2",
    );
    expect(stand.lab.state.vm(100)).toBeUndefined();
    expect(volids()).toEqual(["local:import/noble.qcow2"]);
  });

  it("refuses a disk on a storage without content type images", async () => {
    const answer = await stand.ask("POST", "/nodes/pve1/qemu", { body: { vmid: "100", scsi0: "local:8" } });
    expect(answer).toMatchObject({
      status: 400,
      errors: { storage: "storage 'local' does not support vm images" },
    });
  });

  it("refuses an ISO that is no CD drive", async () => {
    const answer = await stand.ask("POST", "/nodes/pve1/qemu", {
      body: { vmid: "100", ide2: "local:iso/u.iso" },
    });
    expect(answer.errors["ide2"]).toContain("explicit 'media=cdrom' is required");
  });

  it("refuses a second cloud-init drive", async () => {
    expect(
      await createdVm(stand, 100, { ide2: "local-lvm:cloudinit", ide0: "local-lvm:cloudinit" }),
    ).toContain("ide2 - cloud-init drive is already attached at 'ide0'");
    expect(volids()).toEqual([]);
  });

  it("refuses what does not fit on the storage", async () => {
    stand.lab.hand.fillStorage("local-lvm");
    expect(await createdVm(stand, 100)).toContain("free space in thin pool pve/local-lvm reached threshold");
    expect(stand.lab.isEmpty().empty).toBe(true);
  });
});

describe("a machine that is changed", () => {
  beforeEach(() => createdVm(stand, 100));
  const put = (body: Record<string, string>): ReturnType<Stand["ask"]> =>
    stand.ask("PUT", "/nodes/pve1/qemu/100/config", { body });

  it("keeps a detached disk as unused", async () => {
    await put({ delete: "scsi0" });
    expect(config(100)).toMatchObject({ unused0: "local-lvm:vm-100-disk-0", boot: "order=net0" });
    await put({ delete: "unused0" });
    expect(volids()).toEqual([]);
  });

  it("loses its cloud-init volume with its drive", async () => {
    await put({ ide2: "file=local-lvm:cloudinit," });
    expect(config(100)["ide2"]).toBe("local-lvm:vm-100-cloudinit,media=cdrom");
    await put({ delete: "ide2" });
    expect(volids()).toEqual(["local-lvm:vm-100-disk-0"]);
  });

  it("only warns about deleting what is not set", async () => {
    expect((await put({ delete: "net31,serial3" })).status).toBe(200);
  });

  it.each([
    [{ delete: "bogus" }, "delete", "unknown option 'bogus'"],
    [{ delete: "name", name: "x" }, "delete", "you can't use '-name' and -delete name' at the same time"],
  ] as [Record<string, string>, string, string][])("refuses %j", async (body, name, text) => {
    expect(await put(body)).toMatchObject({ status: 400, errors: { [name]: text } });
  });

  it.each([
    [{ boot: "order=scsi0;net7" }, "invalid bootorder: device 'net7' does not exist'"],
    [{ balloon: "4096" }, "balloon value too large (must be smaller than assigned memory)"],
    [{ name: "y", digest: "0".repeat(40) }, "checksum mismatch (file change by other user?)"],
    [{ args: "-cpu host" }, "only root can set 'args' config"],
    [{}, "no options specified"],
  ] as [Record<string, string>, string][])("refuses %j with Proxmox's words", async (body, reason) => {
    expect(await put(body)).toMatchObject({ status: 500, reason });
  });

  it("refuses while it is locked", async () => {
    stand.lab.hand.setLock(100, "backup");
    expect(await put({ name: "y" })).toMatchObject({ reason: "VM is locked (backup)" });
    expect(stand.lab.state.locks()).toEqual(new Map([[100, "backup"]]));
  });

  it("grows a disk, and refuses to shrink it", async () => {
    const resize = (size: string): Promise<string> =>
      stand.run("PUT", "/nodes/pve1/qemu/100/resize", { disk: "scsi0", size });
    expect(await resize(String(10 * GIB))).toBe("OK");
    expect(await resize("+1G")).toBe("OK");
    expect(config(100)["scsi0"]).toBe("local-lvm:vm-100-disk-0,size=11G");
    expect(await resize("11G")).toBe("OK");
    expect(await resize("4G")).toBe("shrinking disks is not supported");
  });

  it("moves a disk to another storage, and refuses the same one", async () => {
    const move = (storage: string): Promise<string> =>
      stand.run("POST", "/nodes/pve1/qemu/100/move_disk", { disk: "scsi0", storage, delete: "1" });
    expect(await move("tank")).toBe("OK");
    expect(volids()).toEqual(["tank:vm-100-disk-0"]);
    expect(await move("tank")).toBe("500 you can't move to the same storage with same format");
  });
});

describe("a template", () => {
  it("has base volumes", async () => {
    expect(await template(stand, 100, { ide2: "local-lvm:cloudinit" })).toBe("OK");
    expect(volids()).toEqual(["local-lvm:vm-100-cloudinit", "local-lvm:base-100-disk-0"]);
  });

  it("refuses to start, and to become one twice", async () => {
    await template(stand, 100);
    expect(await stand.run("POST", "/nodes/pve1/qemu/100/status/start")).toBe(
      "you can't start a vm if it's a template",
    );
    expect(await stand.run("POST", "/nodes/pve1/qemu/100/template")).toBe(
      "500 you can't convert a template to a template",
    );
  });
});

describe("a machine that is removed", () => {
  const remove = (query = ""): Promise<string> => stand.run("DELETE", `/nodes/pve1/qemu/100/${query}`);

  it("takes its volumes and its pool membership along", async () => {
    await stand.ask("POST", "/pools", { body: { poolid: "slipway" } });
    await createdVm(stand, 100, { pool: "slipway", ide2: "local-lvm:cloudinit" });
    expect(stand.lab.state.pools()).toEqual([{ id: "slipway", comment: "", vms: [100] }]);
    expect(await remove("?purge=1&destroy-unreferenced-disks=1")).toBe("OK");
    expect(stand.lab.isEmpty().left).toEqual(["pool slipway"]);
    expect(stand.room.discarded).toHaveLength(2);
  });

  it("refuses while it runs", async () => {
    await createdVm(stand, 100);
    await stand.lab.hand.powerOn(100);
    expect(await remove()).toBe("500 VM 100 is running - destroy failed");
  });

  it("refuses while it is protected", async () => {
    await createdVm(stand, 100, { protection: "1" });
    expect(await remove()).toBe("500 can't remove VM 100 - protection mode enabled");
  });

  it("refuses while another's disk is a linked clone of its own", async () => {
    await template(stand, 100, { scsi0: "file=tank:8" });
    await stand.run("POST", "/nodes/pve1/qemu/100/clone", { newid: "101", full: "0" });
    expect(await remove()).toBe("base volume 'tank:base-100-disk-0' is still in use by linked cloned");
  });

  it("refuses while HA manages it, unless told to purge", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.grant("terraform@pve!slipway", "/", ["Sys.Console"]);
    await stand.ask("POST", "/cluster/ha/resources/", { body: { sid: "vm:100" } });
    expect(await remove()).toContain("used in HA resources and purge parameter not set.");
    expect(await remove("?purge=1")).toBe("OK");
  });
});
