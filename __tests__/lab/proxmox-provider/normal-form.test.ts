import { machine, networkDevice, systemDisk, vms, type Block } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (more: Block = {}) =>
  vms({ own: machine({ name: "own", vm_id: 1031, started: false, disk: [systemDisk()], ...more }) });
const config = "/nodes/pve1/qemu/1031/config";

withProvider("what Proxmox makes of what the provider sends", (open) => {
  test("a disk reads back volume first, other keys sorted, size in the largest unit; the plan is empty", async () => {
    const { ask, proxmox, workspace } = await open();
    await workspace.deploy(own());
    const sent = proxmox.requests.find(({ method, path }) => method === "POST" && path.endsWith("/qemu"));
    expect(sent?.parameters["scsi0"]).toMatch(/^file=local-lvm:8,.*size=8589934592/);
    expect((await ask("GET", config)).data).toMatchObject({
      scsi0:
        "local-lvm:vm-1031-disk-0,aio=io_uring,backup=1,cache=none,discard=on,iothread=1,replicate=1,size=8G,ssd=1",
    });
    expect((await workspace.plan(own())).changes).toEqual({});
  });

  test("a network device reads back `virtio=MAC`, and the plan is empty", async () => {
    const { ask, proxmox, workspace } = await open();
    const stack = own({ network_device: [{ ...networkDevice, vlan_id: 30 }] });
    await workspace.deploy(stack);
    const sent = proxmox.requests.find(({ method, path }) => method === "POST" && path.endsWith("/qemu"));
    expect(sent?.parameters["net0"]).toMatch(/^model=virtio,/);
    expect((await ask("GET", config)).data).toMatchObject({
      net0: "virtio=02:24:11:A8:00:1F,bridge=vmbr0,firewall=0,tag=30",
    });
    expect((await workspace.plan(stack)).changes).toEqual({});
  });

  test("tags are stored sorted, and another order in the file plans nothing", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(own({ tags: ["slipway-home", "agent"] }));
    expect(proxmox.state.vm(1031)?.config["tags"]).toBe("agent;slipway-home");
    expect((await workspace.plan(own({ tags: ["agent", "slipway-home"] }))).changes).toEqual({});
  });

  test("a password is masked, so another one plans nothing: why ours are in snippets", async () => {
    const { ask, proxmox, workspace } = await open();
    const account = (password: string): Block => {
      const user_account = { keys: ["ssh-ed25519 AAAA ops@home"], password, username: "ops" };
      return { initialization: { datastore_id: "local-lvm", interface: "ide2", user_account } };
    };
    await workspace.deploy(own(account("first")));
    expect((await ask("GET", config)).data).toMatchObject({
      cipassword: "**********",
      sshkeys: "ssh-ed25519%20AAAA%20ops%40home",
    });
    expect(JSON.stringify(proxmox.requests)).not.toContain("first");
    expect((await workspace.plan(own(account("second")))).changes).toEqual({});
  });

  test("refuses a boot order with a device that is missing, though creation let it pass", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(own({ boot_order: null }));
    expect(proxmox.state.vm(1031)?.config["boot"]).toBe("order=scsi0;net0");
    const { errors } = await workspace.apply(own({ boot_order: ["scsi0", "net1"] }));
    expect(errors.join()).toContain("invalid bootorder: device 'net1' does not exist");
  });

  test("refuses what only root may set", async () => {
    const { workspace } = await open();
    const { errors } = await workspace.apply(own({ kvm_arguments: "-no-hpet" }));
    expect(errors.join()).toContain("only root can set 'args' config");
  });
});
