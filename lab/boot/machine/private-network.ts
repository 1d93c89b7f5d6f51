import { run } from "../../engine/run";

/** bridge that the host side of the private network is called. */
const bridge = "slipway0";

/**
 * layNetwork puts a bridge into this process's own network namespace, with these addresses on the host side and a tap
 * for each machine. There is no other card in the namespace, so nothing leads out of it.
 */
export async function layNetwork(addresses: readonly string[], taps: readonly string[]): Promise<void> {
  const commands = [
    `link add ${bridge} type bridge`,
    ...addresses.map((address) => `address add ${address} dev ${bridge}`),
    `link set ${bridge} up`,
    ...taps.flatMap((tap) => [
      `tuntap add ${tap} mode tap`,
      `link set ${tap} master ${bridge}`,
      `link set ${tap} up`,
    ]),
  ];
  for (const command of commands) await ip(command);
}

async function ip(command: string): Promise<void> {
  const environment = { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` };
  const done = await run({ file: "ip", args: command.split(" "), cwd: "/", environment, seconds: 10 });
  if (done.code !== 0) throw new Error(`ip ${command}: ${done.output.trim()}`);
}
