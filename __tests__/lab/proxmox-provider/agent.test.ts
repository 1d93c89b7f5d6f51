import { machine, systemDisk, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (agent: object) =>
  vms({ own: machine({ agent, disk: [systemDisk()], name: "own", vm_id: 1031 }) });
const asked = "/nodes/pve1/qemu/1031/agent/network-get-interfaces";

withProvider("the guest agent", (open) => {
  test("is not waited for when wait_for_ip is disabled, though it never answers", async () => {
    const { proxmox, room, workspace } = await open();
    room.agent = undefined;
    const stack = own({ enabled: true, wait_for_ip: { disabled: true } });
    await workspace.deploy(stack);
    expect((await workspace.plan(stack)).changes).toEqual({});
    expect(proxmox.requests.filter(({ path }) => path === asked)).toEqual([]);
  });

  test("would otherwise be asked at every deploy and every plan until the timeout, with a warning", async () => {
    const { proxmox, room, workspace } = await open();
    room.agent = undefined;
    const stack = own({ enabled: true, timeout: "2s" });
    const { warnings } = await workspace.deploy(stack);
    expect(warnings.join()).toContain('timeout while waiting for the QEMU agent on VM "1031"');
    const before = proxmox.requests.filter(({ path }) => path === asked).length;
    expect(before).toBeGreaterThan(1);
    await workspace.plan(stack);
    const reasons = proxmox.requests.filter(({ path }) => path === asked).map(({ reason }) => reason);
    expect(reasons.length).toBeGreaterThan(before);
    expect(new Set(reasons)).toEqual(new Set(["QEMU guest agent is not running"]));
  });

  test("asked directly: refuses where no agent is configured, and where the machine is off", async () => {
    const { ask, proxmox } = await open();
    proxmox.hand.addVm({ id: 1031, host: "pve1" });
    expect(await ask("GET", asked)).toMatchObject({ status: 500, reason: "VM 1031 is not running" });
    await proxmox.hand.powerOn(1031);
    expect(await ask("GET", asked)).toMatchObject({ status: 500, reason: "No QEMU guest agent configured" });
  });
});
