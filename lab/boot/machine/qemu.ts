import type { Image } from "../image/image";

export interface Hardware {
  readonly mac: string;
  readonly image: Image;
  /** drive with the machine's cloud-init files. */
  readonly drive: string;
  /** tap that its card is plugged into. */
  readonly tap: string;
  /** agent, the socket that leads to its guest agent. */
  readonly agent: string;
}

/**
 * qemuArguments of a machine with the devices that Proxmox gives one: virtio disk and card, the guest agent's channel,
 * a serial console. The processor is emulated also where a faster way is offered, for that may hang in a machine that
 * is one itself. What it writes is gone when it ends, and survives its own reboots.
 */
export function qemuArguments({ mac, image, drive, tap, agent }: Hardware): string[] {
  const devices = {
    "-drive": [
      `if=virtio,format=raw,cache=unsafe,snapshot=on,file=${image.disk}`,
      `if=virtio,format=raw,readonly=on,file=${drive}`,
    ],
    "-netdev": [`tap,id=card,ifname=${tap},script=no,downscript=no`],
    "-chardev": [`socket,id=agent,server=on,wait=off,path=${agent}`],
    "-device": [
      `virtio-net-pci,netdev=card,mac=${mac.toLowerCase()}`,
      "virtio-rng-pci",
      "virtio-serial-pci",
      "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
    ],
  };
  return [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-monitor", "none", "-serial", "stdio"],
    ...["-machine", "pc", "-accel", "tcg,tb-size=256", "-cpu", "max", "-smp", "1", "-m", "768"],
    ...["-kernel", image.kernel, "-initrd", image.initrd],
    ...["-append", kernelArguments.join(" ")],
    ...Object.entries(devices).flatMap(([option, values]) => values.flatMap((value) => [option, value])),
  ];
}

/** kernelArguments: systemd's own patience is made for machines that are not emulated on a busy computer. */
const kernelArguments = [
  ...["root=/dev/vda", "rw", "console=ttyS0", "quiet", "panic=1", "systemd.show_status=no"],
  ...["systemd.default_timeout_start_sec=900", "systemd.default_device_timeout_sec=900"],
];
