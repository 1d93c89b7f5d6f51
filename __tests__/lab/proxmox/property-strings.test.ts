import fc from "fast-check";
import {
  isCloudInitDrive,
  isDriveName,
  newDiskOf,
  parseDrive,
  printDrive,
  splitVolumeId,
} from "../../../lab/proxmox/properties/drive";
import { normalizeNet, parseNet, withMac } from "../../../lab/proxmox/properties/net";
import { configValue, optionExists, privilegesFor } from "../../../lab/proxmox/properties/options";
import { parsePropertyString, printPropertyString } from "../../../lab/proxmox/properties/property-string";
import { GIB, parseSize, printSize } from "../../../lab/proxmox/properties/size";

describe("a property string", () => {
  it("skips empty parts, as in the provider's trailing comma", () => {
    expect([...parsePropertyString("file=local:cloudinit,,", "file")]).toEqual([["file", "local:cloudinit"]]);
  });

  it("gives the part without a name to the default key", () => {
    expect([...parsePropertyString("local:8,ssd=1", "file")]).toEqual([
      ["file", "local:8"],
      ["ssd", "1"],
    ]);
  });

  it("refuses a key twice", () => {
    expect(() => parsePropertyString("cache=none,cache=unsafe")).toThrow("duplicate key");
  });

  it("refuses a value without key where there is no default key", () => {
    expect(() => parsePropertyString("user=a:b,c")).toThrow("default key");
  });

  it("reads what it prints", () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9:./]{1,12}$/);
    fc.assert(
      fc.property(fc.dictionary(key, value), (parts) => {
        const properties = new Map(Object.entries(parts));
        expect(parsePropertyString(printPropertyString(properties))).toEqual(
          new Map([...properties].sort(([a], [b]) => (a < b ? -1 : 1))),
        );
      }),
    );
  });
});

describe("a drive", () => {
  it("reads back as volume, sorted options, size with its largest exact unit", () => {
    const drive = parseDrive("file=local-lvm:vm-100-disk-0,ssd=0,iothread=1,size=8589934592,aio=io_uring");
    expect(printDrive(drive)).toBe("local-lvm:vm-100-disk-0,aio=io_uring,iothread=1,size=8G,ssd=0");
  });

  it("never gives back import-from or format", () => {
    const drive = parseDrive("file=local-lvm:0,import-from=local:import/x.qcow2,format=raw");
    expect(printDrive(drive)).toBe("local-lvm:0");
  });

  it.each([
    ["local-lvm:8", { storage: "local-lvm", gibibytes: 8 }],
    ["local-lvm:0", { storage: "local-lvm", gibibytes: 0 }],
    ["local-lvm:vm-1-disk-0", undefined],
    ["local:cloudinit", undefined],
  ])("%s asks for a new disk or does not", (file, expected) => {
    expect(newDiskOf(file)).toEqual(expected);
  });

  it.each([
    ["local-lvm:cloudinit", true],
    ["local-lvm:vm-100-cloudinit", true],
    ["nas:100/vm-100-cloudinit.qcow2", true],
    ["local-lvm:vm-100-disk-0", false],
  ])("%s is a cloud-init drive: %s", (file, expected) => {
    expect(isCloudInitDrive({ file, options: new Map() })).toBe(expected);
  });

  it.each(["scsi30", "virtio15", "sata5", "ide3", "efidisk0", "tpmstate0"])("%s names a drive", (name) => {
    expect(isDriveName(name)).toBe(true);
  });

  it.each(["scsi31", "virtio16", "sata6", "ide4", "scsihw", "net0"])("%s names no drive", (name) => {
    expect(isDriveName(name)).toBe(false);
  });

  it("splits a volume id at its first colon", () => {
    expect(splitVolumeId("nas:100/vm-100-disk-0.qcow2")).toEqual({
      storage: "nas",
      name: "100/vm-100-disk-0.qcow2",
    });
  });
});

describe("a network card", () => {
  const newMac = (): string => "BC:24:11:AA:BB:CC";

  it("reads back with its address at the model", () => {
    expect(normalizeNet("model=virtio,bridge=vmbr0,tag=10,firewall=1", newMac)).toBe(
      "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,firewall=1,tag=10",
    );
  });

  it("keeps an address that was given", () => {
    expect(normalizeNet("model=virtio,bridge=vmbr0,macaddr=BC:24:11:00:00:01", newMac)).toBe(
      "virtio=BC:24:11:00:00:01,bridge=vmbr0",
    );
  });

  it("takes another address without losing anything else", () => {
    expect(withMac("virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=10", "BC:24:11:00:00:02")).toBe(
      "virtio=BC:24:11:00:00:02,bridge=vmbr0,tag=10",
    );
  });

  it("knows its bridge and VLAN", () => {
    expect(parseNet("e1000=BC:24:11:00:00:01,bridge=vmbr1,tag=7")).toEqual({
      model: "e1000",
      mac: "BC:24:11:00:00:01",
      bridge: "vmbr1",
      vlan: 7,
    });
  });
});

describe("a size", () => {
  it.each([
    [8 * GIB, "8G"],
    [3.5 * GIB, "3584M"],
    [1025, "1025"],
    [1024 * GIB, "1T"],
    [0, "0"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(printSize(bytes)).toBe(text);
    expect(parseSize(text)).toBe(bytes);
  });

  it("reads what it prints", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 50 }), (bytes) => {
        expect(parseSize(printSize(bytes))).toBe(bytes);
      }),
    );
  });
});

describe("an option", () => {
  it("answers booleans and whole numbers bare, the rest as text", () => {
    expect(configValue("onboot", "1")).toBe(1);
    expect(configValue("cores", "4")).toBe(4);
    expect(configValue("memory", "2048")).toBe("2048");
    expect(configValue("scsi0", "local-lvm:vm-1-disk-0")).toBe("local-lvm:vm-1-disk-0");
  });

  it("never gives a password back", () => {
    expect(configValue("cipassword", "$6$secret")).toBe("**********");
  });

  it("is for root alone when Proxmox knows no privilege for it", () => {
    expect(privilegesFor("args")).toBe("root");
    expect(privilegesFor("hookscript")).toBe("root");
    expect(privilegesFor("cores")).toEqual(["VM.Config.CPU"]);
    expect(privilegesFor("ipconfig0")).toEqual(["VM.Config.Cloudinit", "VM.Config.Network"]);
  });

  it("may be deleted only when Proxmox knows it", () => {
    expect(["net31", "serial3", "ide2", "tags"].every(optionExists)).toBe(true);
    expect(optionExists("nett0")).toBe(false);
  });
});
