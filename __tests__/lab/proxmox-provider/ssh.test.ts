import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { utils } from "ssh2";
import { snippet, snippets } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const fileName = "home-worker-1-user-data.yaml";
const volid = `local:snippets/${fileName}`;
const stack = snippets({ user: snippet(fileName, "#cloud-config\n") });

withProvider("uploads over SSH", (open) => {
  test("go through the SOCKS proxy to the host's own address, which the scratch HOME then knows", async () => {
    const { folder, network, proxmox, workspace } = await open();
    await workspace.deploy(stack);
    expect(proxmox.state.snippet("pve1", volid)).toBe("#cloud-config\n");
    expect(network.refused).toEqual([]);
    expect(await readFile(join(folder, "home", ".ssh", "known_hosts"), "utf8")).toMatch(/^192\.168\.0\.11,/);
  });

  test("reach the host that the snippet belongs to", async () => {
    const { proxmox, workspace } = await open();
    await workspace.deploy(snippets({ user: snippet(fileName, "#cloud-config\n", { node_name: "pve3" }) }));
    expect(proxmox.state.snippet("pve3", volid)).toBe("#cloud-config\n");
    expect(new Set(proxmox.commands.map(({ host }) => host))).toEqual(new Set(["pve3"]));
  });

  test("refuses a host whose key is another than the known one", async () => {
    const { folder, proxmox, workspace } = await open();
    const { public: other } = utils.generateKeyPairSync("ecdsa", { bits: 256 });
    await mkdir(join(folder, "home", ".ssh"));
    await writeFile(join(folder, "home", ".ssh", "known_hosts"), `192.168.0.11 ${other}\n`);
    expect((await workspace.apply(stack)).errors.join()).toContain(
      "REMOTE HOST IDENTIFICATION HAS CHANGED for host 192.168.0.11:22!",
    );
    expect(proxmox.state.volumes()).toEqual([]);
  });

  test("a user with sudo may write snippets; refuses one without", async () => {
    const allowed = await open({ ssh: { user: "slipway", sudo: true } });
    await allowed.workspace.deploy(stack);
    expect(allowed.proxmox.state.snippet("pve1", volid)).toBe("#cloud-config\n");
    const other = await open({ ssh: { user: "slipway", sudo: false } });
    expect((await other.workspace.apply(stack)).errors.join()).toContain("Permission denied");
  });

  test("refuses an upload that broke off; the next deploy makes it good", async () => {
    const { proxmox, workspace } = await open();
    proxmox.hand.cutNextUpload("pve1", 4);
    expect((await workspace.apply(stack)).errors.join()).toContain("error transferring file");
    await workspace.deploy(stack);
    expect(proxmox.state.snippet("pve1", volid)).toBe("#cloud-config\n");
    expect((await workspace.plan(stack)).changes).toEqual({});
  });
});
