import { image, machine, node, pool, poolName, systemDisk, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (more = {}) =>
  vms({ own: machine({ name: "own", vm_id: 1031, started: false, disk: [systemDisk()], ...more }) });

withProvider("removing", (open) => {
  test("refuses to remove a machine with protection", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(own());
    proxmox.hand.setOption(1031, "protection", "1");
    expect((await workspace.destroy()).errors.join()).toContain(
      "can't remove VM 1031 - protection mode enabled",
    );
    expect(proxmox.state.vm(1031)).toBeDefined();
  });

  test("refuses to remove a template while a linked clone reads from its disk", async () => {
    const { proxmox, workspace } = await open();
    const disk = [systemDisk({ datastore_id: "tank", import_from: "${proxmox_download_file.image.id}" })];
    await workspace.deploy({
      ...image(),
      ...vms({
        template: template({ disk }),
        worker: node({
          clone: { full: false, node_name: "pve1", vm_id: 9011 },
          disk: [],
        }),
      }),
    });
    expect(proxmox.state.vm(1031)?.config["scsi0"]).toContain("tank:base-9011-disk-0/vm-1031-disk-0");
    await workspace.forget("proxmox_virtual_environment_vm.worker");
    expect((await workspace.destroy()).errors.join()).toContain(
      "base volume 'tank:base-9011-disk-0' is still in use by linked cloned",
    );
    expect(proxmox.state.vm(9011)).toBeDefined();
  });

  test("refuses to remove a pool that a stranger's machine is in", async () => {
    const { ask, proxmox, workspace } = await open();
    await workspace.deploy(pool);
    proxmox.hand.addVm({ id: 100, host: "pve1" });
    await ask("PUT", "/pools", { poolid: poolName, vms: "100" });
    expect((await workspace.destroy()).errors.join()).toContain("pool 'home' is not empty (contains VM 100)");
  });

  test("a locked machine is neither changed nor removed", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(own());
    proxmox.hand.setLock(1031, "backup");
    const changed = await workspace.apply(own({ memory: { dedicated: 4096 } }));
    expect(changed.errors.join()).toContain("VM is locked (backup)");
    expect((await workspace.destroy()).errors.join()).toContain("VM is locked (backup)");
    expect(proxmox.state.vm(1031)?.config["memory"]).toBe("2048");
  });

  test("what somebody removed already is no error", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy({ ...pool, ...image(), ...own() });
    await proxmox.hand.deleteVm(1031);
    proxmox.hand.deleteVolume("pve1", "local:import/home-ubuntu-24.04.qcow2");
    expect((await workspace.destroy()).errors).toEqual([]);
    expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
  });

  test("asked directly: refuses to remove a running machine", async () => {
    const { ask, proxmox } = await open();
    proxmox.hand.addVm({ id: 100, host: "pve1" });
    await proxmox.hand.powerOn(100);
    expect(await ask("DELETE", "/nodes/pve1/qemu/100")).toMatchObject({
      status: 500,
      reason: "VM 100 is running - destroy failed",
    });
  });
});
