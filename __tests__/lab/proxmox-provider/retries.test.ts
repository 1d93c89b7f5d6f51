import { image, node, template, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const source = { ...image(), ...vms({ template: template() }) };
const stack = (retries: number) => ({
  ...image(),
  ...vms({
    template: template(),
    worker: node({ clone: { full: true, node_name: "pve1", retries, vm_id: 9011 } }),
  }),
});
const locked = "can't lock file '/var/lock/qemu-server/lock-9011.conf' - got timeout";

withProvider("retries", (open) => {
  test("clone.retries asks again when Proxmox refuses the clone because the source is locked", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(source);
    const left = proxmox.hand.fail(
      { method: "POST", path: "/9011/clone" },
      { kind: "answer", status: 500, reason: locked },
    );
    await workspace.deploy(stack(3));
    expect(left()).toBe(0);
    expect(proxmox.state.vm(1031)).toMatchObject({ running: true });
  });

  test("refuses after one try without clone.retries", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(source);
    proxmox.hand.fail(
      { method: "POST", path: "/9011/clone" },
      { kind: "answer", status: 500, reason: locked },
    );
    expect((await workspace.apply(stack(1))).errors.join()).toContain("got timeout");
    expect(proxmox.state.vm(1031)).toBeUndefined();
  });

  test("clone.retries also covers a worker that died waiting for the lock", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(source);
    proxmox.hand.fail(
      { method: "POST", path: "/9011/clone" },
      { kind: "task", task: { dies: `clone failed: ${locked}` } },
    );
    await workspace.deploy(stack(3));
    expect(proxmox.requests.filter(({ path }) => path.endsWith("/9011/clone"))).toHaveLength(2);
  });

  test("refuses at once when the clone's worker dies of anything else; the next deploy makes it good", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(source);
    proxmox.hand.fail(
      { method: "POST", path: "/9011/clone" },
      { kind: "task", task: { dies: "clone failed: no space left" } },
    );
    expect((await workspace.apply(stack(3))).errors.join()).toContain("clone failed: no space left");
    expect(proxmox.requests.filter(({ path }) => path.endsWith("/9011/clone"))).toHaveLength(1);
    await workspace.deploy(stack(3));
    expect((await workspace.plan(stack(3))).changes).toEqual({});
  });

  test("a configuration that times out once is sent again", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(source);
    const left = proxmox.hand.fail(
      { method: "PUT", path: "/1031/config" },
      {
        kind: "answer",
        status: 500,
        reason: "can't lock file '/var/lock/qemu-server/lock-1031.conf' - got timeout",
      },
    );
    await workspace.deploy(stack(3));
    expect(left()).toBe(0);
  });

  test("a task's warnings become Terraform's and fail nothing", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.fail(
      { method: "POST", path: /\/qemu$/ },
      { kind: "task", task: { warnings: ["iothread is only valid with virtio disk"] } },
    );
    expect((await workspace.deploy(source)).warnings.join()).toContain("iothread is only valid");
  });
});
