import { machine, systemDisk, template, image, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (more = {}) => vms({ own: machine({ name: "own", vm_id: 1031, disk: [systemDisk()], ...more }) });

withProvider("power", (open) => {
  test("a template that is not to be started plans nothing more, and never ran", async () => {
    const { room, workspace } = await open();
    const stack = { ...image(), ...vms({ template: template() }) };
    await workspace.deploy(stack);
    expect(room.booted).toEqual([]);
    expect((await workspace.plan(stack)).changes).toEqual({});
  });

  test("a machine that went off is started again, and only started", async () => {
    const { proxmox, room, workspace } = await open();
    await workspace.deploy(own());
    await proxmox.hand.powerOff(1031);
    expect((await workspace.deploy(own())).changes).toEqual({
      "proxmox_virtual_environment_vm.own": "update",
    });
    expect(room.booted).toHaveLength(2);
    expect((await workspace.plan(own())).changes).toEqual({});
  });

  test("a machine that went off stays off when `started` is ignored, as the installer's is", async () => {
    const { proxmox, room, workspace } = await open();
    const installer = own({ started: true, lifecycle: { ignore_changes: ["started"] } });
    await workspace.deploy(installer);
    await proxmox.hand.powerOff(1031);
    expect((await workspace.plan(installer)).changes).toEqual({});
    expect(room.running.size).toBe(0);
  });

  test("stop_on_destroy cuts the power, though the agent would never answer", async () => {
    const { proxmox, room, workspace } = await open();
    room.agent = undefined;
    await workspace.deploy(own());
    expect((await workspace.destroy()).errors).toEqual([]);
    const asked = proxmox.requests.filter(({ path }) => /\/status\/(stop|shutdown)$/.test(path));
    expect(asked.map(({ path }) => path)).toEqual(["/nodes/pve1/qemu/1031/status/stop"]);
    expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
  });

  test("without stop_on_destroy the provider asks the agent to shut down", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(own({ stop_on_destroy: false }));
    await workspace.destroy();
    expect(proxmox.requests.some(({ path }) => path.endsWith("/1031/status/shutdown"))).toBe(true);
  });

  test("refuses to start a machine whose bridge the host does not have", async () => {
    const { workspace } = await open();
    const net = { bridge: "vmbr9", disconnected: null, enabled: null, firewall: null, mac_address: null };
    const rest = { model: null, mtu: null, queues: null, rate_limit: null, trunks: null, vlan_id: null };
    const { errors } = await workspace.apply(own({ network_device: [{ ...net, ...rest }] }));
    expect(errors.join()).toContain("bridge 'vmbr9' does not exist");
  });

  test("asked directly: refuses to start a template or a running machine; stopping a stopped one is fine", async () => {
    const { ask, proxmox, tasksEnded } = await open();
    proxmox.hand.addVm({ id: 100, host: "pve1" });
    proxmox.hand.addVm({ id: 101, host: "pve1", config: { template: "1" } });
    for (const path of ["100/status/stop", "100/status/start", "100/status/start", "101/status/start"]) {
      expect((await ask("POST", `/nodes/pve1/qemu/${path}`)).status).toBe(200);
      await tasksEnded();
    }
    expect(proxmox.state.tasks().map(({ exitstatus }) => exitstatus)).toEqual([
      "OK",
      "OK",
      "VM 100 already running",
      "you can't start a vm if it's a template",
    ]);
  });
});
