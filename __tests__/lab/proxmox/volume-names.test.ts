import { contentOf, extensionFits, fileFormat } from "../../../lab/proxmox/storage/content";
import {
  baseName,
  cloudInitName,
  diskIndexOf,
  diskName,
  isBaseName,
  linkedCloneName,
} from "../../../lab/proxmox/storage/volume-names";

describe("a volume's name", () => {
  it.each([
    ["lvmthin", "vm-100-disk-0"],
    ["zfspool", "vm-100-disk-0"],
    ["rbd", "vm-100-disk-0"],
    ["dir", "100/vm-100-disk-0.qcow2"],
    ["nfs", "100/vm-100-disk-0.qcow2"],
  ] as const)("of a disk on %s is %s", (type, name) => {
    expect(diskName(type, 100, 0, "qcow2")).toBe(name);
  });

  it.each([
    ["lvmthin", "vm-100-cloudinit"],
    ["nfs", "100/vm-100-cloudinit.qcow2"],
  ] as const)("of a cloud-init drive on %s is %s", (type, name) => {
    expect(cloudInitName(type, 100)).toBe(name);
  });

  it.each([
    ["vm-100-disk-0", "base-100-disk-0"],
    ["100/vm-100-disk-1.qcow2", "100/base-100-disk-1.qcow2"],
  ])("%s becomes %s in a template", (disk, base) => {
    expect(baseName(disk)).toBe(base);
    expect(isBaseName(base)).toBe(true);
    expect(isBaseName(disk)).toBe(false);
  });

  it.each([
    ["lvmthin", "base-100-disk-0", "vm-101-disk-0"],
    ["zfspool", "base-100-disk-0", "base-100-disk-0/vm-101-disk-0"],
    ["nfs", "100/base-100-disk-0.qcow2", "100/base-100-disk-0.qcow2/101/vm-101-disk-0.qcow2"],
  ] as const)("of a linked clone on %s", (type, base, name) => {
    expect(linkedCloneName(type, base, 101, 0, "qcow2")).toBe(name);
    expect(contentOf(name)).toEqual({ content: "images", owner: 101 });
  });

  it("tells the number of a disk only to its owner", () => {
    expect(diskIndexOf("100/base-100-disk-3.qcow2", 100)).toBe(3);
    expect(diskIndexOf("vm-1000-disk-3", 100)).toBeUndefined();
  });

  it.each([
    ["snippets/user.yaml", "snippets", "snippet"],
    ["iso/ubuntu.iso", "iso", "iso"],
    ["import/noble.qcow2", "import", "qcow2"],
    ["vztmpl/debian.tar.zst", "vztmpl", "tar.zst"],
  ] as const)("%s is %s", (name, content, format) => {
    expect(contentOf(name)).toEqual({ content });
    expect(fileFormat(content, name)).toBe(format);
  });

  it.each([
    ["import", "noble.img", false],
    ["import", "noble.qcow2", true],
    ["iso", "ubuntu.ISO", true],
    ["iso", "ubuntu.qcow2", false],
  ] as const)("as %s may end like %s: %s", (content, name, fits) => {
    expect(extensionFits(content, name)).toBe(fits);
  });
});
