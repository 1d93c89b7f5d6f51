import { GIB, IMAGE } from "../proxmox/stand/site";
import { image, machine, node, systemDisk, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const large = { knownDownloads: { [IMAGE]: { virtualBytes: 20 * GIB } } };
const importing = { import_from: "${proxmox_download_file.image.id}" };

withProvider("disk sizes", (open) => {
  test("refuses a template's disk smaller than its image, in Proxmox's words", async () => {
    const { workspace } = await open(large);
    const stack = {
      ...image(),
      ...vms({ template: template({ disk: [systemDisk({ ...importing, size: 10 })] }) }),
    };
    expect((await workspace.apply(stack)).errors.join()).toContain("shrinking disks is not supported");
  });

  test("refuses a large image when the size is left out: the provider takes 8 GiB", async () => {
    const { proxmox, workspace } = await open(large);
    const unsized = systemDisk({ ...importing, size: null });
    const { errors } = await workspace.apply({
      ...image(),
      ...vms({ template: template({ disk: [unsized] }) }),
    });
    expect(errors.join()).toContain("shrinking disks is not supported");
    expect(proxmox.requests.find(({ path }) => path.endsWith("/resize"))?.parameters["size"]).toBe(
      `${8 * GIB}`,
    );
  });

  test("refuses a clone whose size is left out when the template's disk is larger", async () => {
    const { workspace } = await open();
    const source = template({ disk: [systemDisk({ ...importing, size: 16 })] });
    const unsized = systemDisk({ size: null });
    const stack = { ...image(), ...vms({ template: source, worker: node({ disk: [unsized] }) }) };
    const { errors } = await workspace.apply(stack);
    expect(errors.join()).toContain("requested size (8G) is lower than current size (16G)");
  });

  test("an image of exactly the stated size is imported: an equal resize is nothing to do", async () => {
    const { proxmox, workspace } = await open(large);
    const stack = {
      ...image(),
      ...vms({ template: template({ disk: [systemDisk({ ...importing, size: 20 })] }) }),
    };
    await workspace.deploy(stack);
    expect(proxmox.state.tasks().find(({ type }) => type === "resize")?.exitstatus).toBe("OK");
    expect((await workspace.plan(stack)).changes).toEqual({});
  });

  test("a larger size grows the disk in place, a smaller one is refused", async () => {
    const { proxmox, workspace } = await open();
    const sized = (size: number) =>
      vms({ own: machine({ name: "own", vm_id: 1031, started: false, disk: [systemDisk({ size })] }) });
    await workspace.deploy(sized(8));
    expect((await workspace.deploy(sized(12))).changes).toEqual({
      "proxmox_virtual_environment_vm.own": "update",
    });
    expect(proxmox.state.vm(1031)?.config["scsi0"]).toContain("size=12G");
    expect((await workspace.apply(sized(8))).errors.join()).toContain(
      "Cannot shrink local-lvm:vm-1031-disk-0",
    );
    expect(proxmox.state.vm(1031)?.config["scsi0"]).toContain("size=12G");
  });

  test("refuses a disk when the storage is full, and frees what it had begun", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.fillStorage("local-lvm", "pve1");
    const stack = vms({ own: machine({ name: "own", vm_id: 1031, started: false, disk: [systemDisk()] }) });
    expect((await workspace.apply(stack)).errors.join()).toContain("Cannot create new thin volume");
    expect(proxmox.state.vms()).toEqual([]);
    expect(proxmox.state.volumes()).toEqual([]);
  });

  test("asked directly: a resize by +0 or to the same size is no error, a smaller one ends the task", async () => {
    const { ask, proxmox, tasksEnded } = await open();
    proxmox.hand.addVm({ id: 100, host: "pve1", storage: "local-lvm" });
    for (const size of ["+0", "8G", "7G", "+1G"]) {
      await ask("PUT", "/nodes/pve1/qemu/100/resize", { disk: "scsi0", size });
      await tasksEnded();
    }
    expect(proxmox.state.tasks().map(({ exitstatus }) => exitstatus)).toEqual([
      "OK",
      "OK",
      "shrinking disks is not supported",
      "OK",
    ]);
    expect(proxmox.state.vm(100)?.config["scsi0"]).toContain("size=9G");
  });
});
