import { image, node, systemDisk, template, vms, type Block } from "./trial/shapes";
import { type Trial, withProvider } from "./trial/trial";

withProvider("cloning", (open) => {
  const withTemplate = async (
    more: Block = {},
  ): Promise<Trial & { clone: (block: Block) => Promise<string> }> => {
    const trial = await open();
    await trial.workspace.deploy({ ...image(), ...vms({ template: template(more) }) });
    const clone = async (block: Block): Promise<string> => {
      const stack = { ...image(), ...vms({ template: template(more), worker: node(block) }) };
      return (await trial.workspace.apply(stack)).errors.join();
    };
    return { ...trial, clone };
  };

  test("refuses a linked clone of a machine that is no template", async () => {
    const { clone } = await withTemplate({ template: false });
    const errors = await clone({ clone: { full: false, node_name: "pve1", retries: 1, vm_id: 9011 } });
    expect(errors).toContain("Linked clone feature is not supported for 'local-lvm:vm-9011-disk-0' (scsi0)");
  });

  test("refuses a storage for a linked clone", async () => {
    const { clone } = await withTemplate();
    const linked = { datastore_id: "tank", full: false, node_name: "pve1", retries: 1, vm_id: 9011 };
    expect(await clone({ clone: linked })).toContain("parameter 'storage' not allowed for linked clones");
  });

  test("a template on local storage reaches another host by clone, then migration with its disks", async () => {
    const { clone, proxmox } = await withTemplate();
    expect(await clone({ node_name: "pve2" })).toBe("");
    const sent = proxmox.requests.filter(({ path }) => /\/(clone|migrate)$/.test(path));
    expect(sent.map(({ path, parameters }) => [path, parameters])).toEqual([
      ["/nodes/pve1/qemu/9011/clone", expect.not.objectContaining({ target: expect.anything() })],
      ["/nodes/pve1/qemu/1031/migrate", { target: "pve2", "with-local-disks": "1" }],
    ]);
    expect(proxmox.state.vm(1031)).toMatchObject({ host: "pve2", running: true });
    const disk = proxmox.state.volumes().find(({ name }) => name === "vm-1031-disk-0");
    expect(disk?.host).toBe("pve2");
  });

  test("a template on shared storage reaches another host in one clone", async () => {
    const { clone, proxmox } = await withTemplate({
      disk: [systemDisk({ datastore_id: "ceph", import_from: "${proxmox_download_file.image.id}" })],
    });
    const disk = [systemDisk({ datastore_id: "ceph", size: 80 })];
    expect(await clone({ node_name: "pve2", disk })).toBe("");
    const sent = proxmox.requests.filter(({ path }) => /\/(clone|migrate)$/.test(path));
    expect(sent.map(({ parameters }) => parameters["target"])).toEqual(["pve2"]);
  });

  test("a clone is no template, and has its own disk, address and identity", async () => {
    const { clone, proxmox, room } = await withTemplate();
    expect(await clone({})).toBe("");
    const source = proxmox.state.vm(9011)?.config;
    const own = proxmox.state.vm(1031);
    expect(own).toMatchObject({ template: false, name: "home-worker-1" });
    expect(own?.config["net0"]).toBe("virtio=02:24:11:A8:00:1F,bridge=vmbr0,firewall=0");
    expect(own?.config["scsi0"]).toMatch(/^local-lvm:vm-1031-disk-0,.*size=80G/);
    expect(own?.config["smbios1"]).not.toBe(source?.["smbios1"]);
    expect(own?.config["vmgenid"]).not.toBe(source?.["vmgenid"]);
    expect(own?.config["ide2"]).toBeUndefined();
    expect(room.booted[0]?.disks.get("scsi0")).toMatchObject({ kind: "image" });
  });

  test("asked directly: refuses a target host for local storage, and a clone to storage that is not shared", async () => {
    const { ask } = await withTemplate();
    const clone = { full: "1", newid: "1031", target: "pve2" };
    expect(await ask("POST", "/nodes/pve1/qemu/9011/clone", clone)).toMatchObject({
      status: 500,
      reason: "can't clone VM to node 'pve2' (VM uses local storage)",
    });
    expect(await ask("POST", "/nodes/pve1/qemu/9011/clone", { ...clone, storage: "tank" })).toMatchObject({
      status: 500,
      reason: "can't clone to non-shared storage 'tank'",
    });
  });

  test("asked directly: a clone without a name is called after its source", async () => {
    const { ask, proxmox, tasksEnded } = await withTemplate();
    await ask("POST", "/nodes/pve1/qemu/9011/clone", { newid: "200", full: "1" });
    await tasksEnded();
    expect(proxmox.state.vm(200)?.name).toBe("Copy-of-VM-home-template-pve1");
  });
});
