import { Client, utils } from "ssh2";
import { type Stand, standUp } from "./stand/lab";
import { accounts } from "./stand/site";
import { createdVm, imported } from "./stand/vms";

const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
let stand: Stand;
beforeEach(async () => (stand = await standUp({ accounts: accounts(key.public) })));
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const power = (verb: string, body: Record<string, string> = {}): Promise<string> =>
  stand.run("POST", `/nodes/pve1/qemu/100/status/${verb}`, body);
const running = (): boolean => stand.lab.state.vm(100)?.running ?? false;

describe("a machine that is started", () => {
  it("gets its disks, cards and boot order", async () => {
    await imported(stand);
    await createdVm(stand, 100, {
      scsi0: "file=local-lvm:0,import-from=local:import/noble.qcow2",
      net0: "virtio=BC:24:11:00:00:01,bridge=vmbr1,tag=7",
      boot: "order=scsi0;ide2;net0",
      ide2: "none,media=cdrom",
      agent: "1",
    });
    expect(await power("start", { timeout: "1800" })).toBe("OK");
    expect(stand.room.booted).toMatchObject([
      {
        vmId: 100,
        name: "vm-100",
        host: "pve1",
        nics: [{ mac: "BC:24:11:00:00:01", bridge: "vmbr1", vlan: 7 }],
        bootOrder: ["scsi0", "ide2"],
        agentEnabled: true,
      },
    ]);
    expect(stand.room.booted[0]?.disks.get("scsi0")).toMatchObject({ kind: "image" });
    expect(stand.room.booted[0]?.seed).toBeUndefined();
  });

  it("writes its disk onto the volume", async () => {
    await createdVm(stand, 100);
    await power("start");
    const system = { guestAgent: true, installerLeftovers: [] };
    stand.room.booted[0]?.disks.set("scsi0", { kind: "system", system });
    await power("stop");
    await createdVm(stand, 101, { scsi0: "local-lvm:0,import-from=local-lvm:vm-100-disk-0" });
    expect(stand.lab.state.volumes().map(({ disk }) => disk.kind)).toEqual(["system", "system"]);
  });

  it("refuses twice", async () => {
    await createdVm(stand, 100);
    await power("start");
    expect(await power("start")).toBe("VM 100 already running");
  });

  it("boots once when it is started twice at the same time", async () => {
    await createdVm(stand, 100);
    let open = (): void => undefined;
    stand.room.gate = new Promise((resolve) => (open = resolve));
    const starts = [power("start"), power("start")];
    await createdVm(stand, 101);
    open();
    expect((await Promise.all(starts)).sort()).toEqual(["OK", "VM 100 already running"]);
    expect(stand.room.booted).toHaveLength(1);
  });

  it("refuses a bridge that the host does not have", async () => {
    await createdVm(stand, 100, { net0: "virtio,bridge=vmbr9" });
    expect(await power("start")).toBe("bridge 'vmbr9' does not exist");
  });

  it("refuses an ISO that is gone", async () => {
    await createdVm(stand, 100);
    stand.lab.hand.setOption(100, "ide2", "local:iso/gone.iso,media=cdrom");
    expect(await power("start")).toBe("volume 'local:iso/gone.iso' does not exist");
  });
});

describe("a machine that is stopped", () => {
  it("is off, and stopping it again is no error", async () => {
    await createdVm(stand, 100);
    await power("start");
    expect([await power("shutdown", { forceStop: "1" }), running()]).toEqual(["OK", false]);
    expect(await power("stop")).toBe("OK");
  });

  it("may have turned itself off", async () => {
    await createdVm(stand, 100);
    await power("start");
    stand.room.running.get(100)?.turnOff();
    expect(running()).toBe(false);
  });

  it("stays on when a session that is over reports its end", async () => {
    await createdVm(stand, 100);
    await power("start");
    const first = stand.room.running.get(100);
    await power("reboot");
    first?.turnOff();
    expect(running()).toBe(true);
  });

  it("comes back from a reboot with its new configuration", async () => {
    await createdVm(stand, 100);
    await power("start");
    await stand.ask("PUT", "/nodes/pve1/qemu/100/config", { body: { name: "renamed" } });
    expect([await power("reboot"), running()]).toEqual(["OK", true]);
    expect(stand.room.booted.map(({ name }) => name)).toEqual(["vm-100", "renamed"]);
  });
});

describe("the guest agent", () => {
  const agent = (): ReturnType<Stand["ask"]> =>
    stand.ask("GET", "/nodes/pve1/qemu/100/agent/network-get-interfaces");

  it("tells the machine's addresses", async () => {
    await createdVm(stand, 100, { agent: "enabled=1" });
    await power("start");
    expect((await agent()).data).toMatchObject({
      result: [
        { name: "lo" },
        {
          name: "eth0",
          "hardware-address": "bc:24:11:00:00:01",
          "ip-addresses": [{ "ip-address": "192.168.0.31", "ip-address-type": "ipv4", prefix: 24 }],
        },
      ],
    });
  });

  it("refuses on a machine that is off, that has none configured, or whose agent is silent", async () => {
    await createdVm(stand, 100);
    const off = await agent();
    await power("start");
    const unconfigured = await agent();
    await stand.ask("PUT", "/nodes/pve1/qemu/100/config", { body: { agent: "enabled=1" } });
    stand.room.agent = undefined;
    const silent = await agent();
    expect([off.reason, unconfigured.reason, silent.reason]).toEqual([
      "VM 100 is not running",
      "No QEMU guest agent configured",
      "QEMU guest agent is not running",
    ]);
  });
});

describe("the cloud-init drive", () => {
  const withDrive = {
    ide2: "file=local-lvm:cloudinit,",
    cicustom: "meta=local:snippets/m.yaml,user=local:snippets/u.yaml",
  };

  it("holds the snippets of the machine's own host, and what Proxmox generates for the rest", async () => {
    await upload("pve1", "m.yaml", "instance-id: one\n");
    await upload("pve1", "u.yaml", "#cloud-config\n");
    await createdVm(stand, 100, {
      ...withDrive,
      net0: "virtio=BC:24:11:00:00:01",
      ipconfig0: "gw=10.0.0.1,ip=10.0.0.2/20",
    });
    expect(await power("start")).toBe("OK");
    expect(stand.room.booted[0]?.seed).toEqual({
      metaData: "instance-id: one\n",
      userData: "#cloud-config\n",
      networkConfig: expect.stringContaining("netmask: 255.255.240.0"),
    });
  });

  it("refuses to start on a host without the snippet", async () => {
    await upload("pve2", "m.yaml", "instance-id: one\n");
    await upload("pve2", "u.yaml", "#cloud-config\n");
    await createdVm(stand, 100, withDrive);
    expect(await power("start")).toMatch(/^volume 'local:snippets\/[um].yaml' does not exist$/);
  });

  it("refuses to be attached to a stopped machine whose snippet is missing", async () => {
    await createdVm(stand, 100);
    const answer = await stand.ask("PUT", "/nodes/pve1/qemu/100/config", { body: withDrive });
    expect(answer.reason).toMatch(/^volume 'local:snippets\/[um].yaml' does not exist$/);
  });

  it("is generated from the options where there is no snippet", async () => {
    await createdVm(stand, 100, {
      ide2: "local-lvm:cloudinit",
      ciuser: "ops",
      sshkeys: encodeURIComponent("ssh-ed25519 AAAA ops@test\n"),
      nameserver: "9.9.9.9",
      ipconfig0: "ip=dhcp",
    });
    await power("start");
    const seed = stand.room.booted[0]?.seed;
    expect(seed?.userData).toContain("user: ops");
    expect(seed?.userData).toContain("- ssh-ed25519 AAAA ops@test");
    expect(seed?.networkConfig).toContain("type: dhcp4");
    expect(seed?.metaData).toMatch(/^instance-id: [0-9a-f]{40}\n$/);
  });

  it("gives another instance-id when the generated parts change", async () => {
    await createdVm(stand, 100, { ide2: "local-lvm:cloudinit", ciuser: "ops" });
    await power("start");
    await stand.ask("PUT", "/nodes/pve1/qemu/100/config", { body: { ciuser: "root" } });
    await power("reboot");
    const [before, after] = stand.room.booted.map(({ seed }) => seed?.metaData);
    expect(before).not.toBe(after);
  });
});

/** upload writes a snippet through SFTP. */
function upload(host: string, name: string, text: string): Promise<void> {
  const address = { pve1: "192.168.0.11", pve2: "192.168.0.12" }[host] ?? "";
  const port = stand.lookup(address, 22);
  if (port === undefined) throw new Error(`no SSH at ${host}`);
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", reject);
    client.on("ready", () =>
      client.sftp((error, sftp) => {
        if (error) return reject(error);
        sftp.writeFile(`/var/lib/vz/snippets/${name}`, text, (failure) => {
          client.end();
          if (failure) reject(failure);
          else resolve();
        });
      }),
    );
    client.connect({ host: "127.0.0.1", port, username: "root", privateKey: key.private });
  });
}
