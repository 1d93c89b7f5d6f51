import { qemuArguments } from "../../../lab/boot/machine/qemu";

const args = qemuArguments({
  mac: "BC:24:11:A8:00:15",
  image: { disk: "/images/disk", kernel: "/images/vmlinuz", initrd: "/images/initrd" },
  drive: "/scratch/server-1-seed.iso",
  tap: "tap0",
  agent: "/scratch/server-1.agent",
});

function valuesOf(option: string): string[] {
  return args.flatMap((word, index) => (word === option ? [args[index + 1] ?? ""] : []));
}

test("a machine is emulated, whatever the host's kernel offers", () => {
  expect(valuesOf("-accel")).toEqual([expect.stringMatching(/^tcg/)]);
  expect(args.join(" ")).not.toMatch(/kvm/);
});

test("it has the planned MAC, on the tap it is given, and no other way out", () => {
  expect(valuesOf("-netdev")).toEqual(["tap,id=card,ifname=tap0,script=no,downscript=no"]);
  expect(valuesOf("-device")).toContain("virtio-net-pci,netdev=card,mac=bc:24:11:a8:00:15");
  expect(args).toContain("-nodefaults");
});

test("it writes neither to the image that others start from nor to its cloud-init drive", () => {
  const [disk = "", drive = ""] = valuesOf("-drive");
  expect(disk).toContain("file=/images/disk");
  expect(disk).toContain("snapshot=on");
  expect(drive).toContain("file=/scratch/server-1-seed.iso");
  expect(drive).toContain("readonly=on");
});

test("its guest agent has the channel that Proxmox gives it", () => {
  expect(valuesOf("-device")).toContain("virtserialport,chardev=agent,name=org.qemu.guest_agent.0");
  expect(valuesOf("-chardev")).toEqual(["socket,id=agent,server=on,wait=off,path=/scratch/server-1.agent"]);
});
