import { image, machine, networkDevice, systemDisk, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const iso = image({ content_type: "iso", file_name: "ubuntu-24.04.iso" });

/** installer as the machines stack makes it: an empty disk, then the ISO. */
const installer = machine({
  boot_order: ["scsi0", "ide3"],
  cdrom: { file_id: "${proxmox_download_file.image.id}", interface: "ide3" },
  disk: [systemDisk()],
  lifecycle: { ignore_changes: ["started"] },
  name: "home-installer-pve1",
  network_device: [networkDevice],
  started: true,
  vm_id: 9021,
});

const installed = "local-lvm:${proxmox_virtual_environment_vm.installer.disk[0].path_in_datastore}";

withProvider("an installer and the template from its disk", (open) => {
  test("the template has the installer's disk, no ISO drive and no cloud-init; the second plan is empty", async () => {
    const { proxmox, room, workspace } = await open();
    await workspace.deploy({ ...iso, ...vms({ installer }) });
    const [booted] = room.booted;
    expect(booted?.bootOrder).toEqual(["scsi0", "ide3"]);
    expect(booted?.isos.get("ide3")).toBe("local:iso/ubuntu-24.04.iso");
    expect(booted?.disks.get("scsi0")).toEqual({ kind: "empty" });
    const system = { guestAgent: true, installerLeftovers: [] };
    booted?.disks.set("scsi0", { kind: "system", system });
    room.running.get(9021)?.turnOff();

    const stack = {
      ...iso,
      ...vms({
        installer,
        template: template({
          depends_on: ["proxmox_virtual_environment_vm.installer"],
          disk: [systemDisk({ import_from: installed })],
        }),
      }),
    };
    const { changes } = await workspace.deploy(stack);
    expect(changes).toEqual({ "proxmox_virtual_environment_vm.template": "create" });
    expect(proxmox.state.vm(9011)?.template).toBe(true);
    expect(Object.keys(proxmox.state.vm(9011)?.config ?? {}).filter((name) => /^ide\d/.test(name))).toEqual(
      [],
    );
    const base = proxmox.state.volumes().find(({ volid }) => volid === "local-lvm:base-9011-disk-0");
    expect(base?.disk).toEqual({ kind: "system", system });
    expect((await workspace.plan(stack)).changes).toEqual({});

    expect((await workspace.destroy()).errors).toEqual([]);
    expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
  });

  test("refuses to import the disk of a machine on another host", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.addVm({ id: 9021, host: "pve2", storage: "local-lvm" });
    const disk = [systemDisk({ import_from: "local-lvm:vm-9021-disk-0" })];
    const { errors } = await workspace.apply(vms({ template: template({ depends_on: [], disk }) }));
    expect(errors.join()).toContain("owner VM 9021 not on local node");
    expect(proxmox.state.vm(9011)).toBeUndefined();
  });
});
