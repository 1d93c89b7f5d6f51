import { TOKEN } from "../proxmox/stand/site";
import { image, machine, pool, systemDisk, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (more = {}) =>
  vms({ own: machine({ name: "own", vm_id: 1031, started: false, disk: [systemDisk()], ...more }) });

withProvider("access", (open) => {
  test("refuses a token with another secret", async () => {
    const { proxmox, workspace } = await open({ token: `${TOKEN.id}=00000000-0000-0000-0000-000000000000` });
    const { errors } = await workspace.apply(pool);
    expect(errors.join()).toContain("HTTP 401 response - Reason: invalid token value!");
    expect(proxmox.state.pools()).toEqual([]);
  });

  test.each([
    ["VM.Allocate", "/vms/1031", own()],
    ["VM.Config.Memory", "/vms/1031", own()],
    ["Datastore.AllocateSpace", "/storage/local-lvm", own()],
    ["Pool.Allocate", "/pool/home", pool],
    ["Datastore.AllocateTemplate", "/storage/local", image()],
    ["SDN.Use", "/sdn/zones/localnetwork/vmbr0", own({ network_device: [networkDevice()] })],
  ])("refuses a token without %s, naming it and %s", async (privilege, path, resources) => {
    const { proxmox, workspace } = await open();
    proxmox.hand.revoke(TOKEN.id, privilege);
    const errors = (await workspace.apply(resources)).errors.join();
    expect(errors).toContain(`Permission check failed (${path}, ${privilege}`);
  });

  test("refuses to power on without VM.PowerMgmt, and says so at once", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.revoke(TOKEN.id, "VM.PowerMgmt");
    const { errors } = await workspace.apply(own({ started: true }));
    expect(errors.join()).toContain("Permission check failed (/vms/1031, VM.PowerMgmt)");
  });

  test("refuses a host that does not exist", async () => {
    const { workspace } = await open();
    const { errors } = await workspace.apply(own({ node_name: "pve9" }));
    expect(errors.join()).toContain("hostname lookup 'pve9' failed");
  });

  test("refuses a host that is down, with Proxmox's 595", async () => {
    const { proxmox, workspace } = await open();
    await proxmox.hand.hostDown("pve2");
    const { errors } = await workspace.apply(own({ node_name: "pve2" }));
    expect(errors.join()).toContain("HTTP 595 response - Reason: No route to host");
  });

  test("refuses a storage that does not exist, and one that takes no disks", async () => {
    const { workspace } = await open();
    const on = (store: string) => own({ disk: [systemDisk({ datastore_id: store })] });
    expect((await workspace.apply(on("none"))).errors.join()).toContain("storage 'none' does not exist");
    expect((await workspace.apply(on("local"))).errors.join()).toContain("does not support vm images");
  });

  test("a plan of what is not there yet asks Proxmox nothing", async () => {
    const { proxmox, workspace } = await open();
    await workspace.plan({ ...pool, ...image(), ...own() });
    expect(proxmox.requests).toEqual([]);
  });

  test("asked directly: refuses a request without a token's secret, and a token nobody made", async () => {
    const { ask } = await open();
    expect(await ask("GET", "/version", {}, `${TOKEN.id}=x`)).toMatchObject({ status: 401 });
    expect(await ask("GET", "/version", {}, "root@pam!none=x")).toMatchObject({ status: 401 });
    expect(await ask("GET", "/version")).toMatchObject({ status: 200 });
  });
});

function networkDevice(): object {
  const unset = { enabled: null, mac_address: null, mtu: null, queues: null, rate_limit: null, trunks: null };
  return { ...unset, bridge: "vmbr0", disconnected: null, firewall: null, model: null, vlan_id: null };
}
