import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Computer } from "../system/computer";
import type { RunningService } from "../system/service-manager";
import {
  type KeepalivedConfig,
  readKeepalived,
  type TrackScript,
  type VrrpInstance,
} from "./keepalived-config";
import type { Router, Vrrp } from "./vrrp";

/** roundMs stands for `interval`; how often a script has to fail or to succeed is as the file says. */
const roundMs = 250;

/** users that an Ubuntu server has without anybody's doing. */
const users = ["root", "nobody"];

/** startKeepalived reads this machine's own keepalived.conf, runs its scripts and takes part in the election. */
export function startKeepalived(vrrp: Vrrp, computer: Computer): Promise<RunningService> {
  const path = "/etc/keepalived/keepalived.conf";
  if (!existsSync(join(computer.root, path))) throw new Error(`ConditionFileNotEmpty=${path} was not met`);
  const config = readKeepalived(readFileSync(join(computer.root, path), "utf8"));
  refuseHelpless(computer, config);
  const stops = config.instances.map((instance) => {
    const router: Router = { machine: computer.machine, instance, state: "FAULT" };
    const scripts = config.scripts.filter(({ name }) => instance.scripts.includes(name));
    const seen = new Map(scripts.map(({ name }) => [name, { succeeds: true, rounds: 0 }]));
    const isAbleNow = ({ name, interval }: TrackScript): boolean => {
      const { succeeds = false, rounds = 0 } = seen.get(name) ?? {};
      return succeeds && rounds * interval >= config.startupDelay;
    };
    const judge = (): void => {
      const isAble = scripts.every(isAbleNow);
      if (isAble === (router.state !== "FAULT")) return;
      router.state = isAble ? instance.state : "FAULT";
      computer.console.say(`keepalived: (${instance.name}) ${isAble ? "able" : "Entering FAULT STATE"}`);
      vrrp.place();
    };
    vrrp.join(router);
    judge();
    const ends = scripts.map((script) =>
      track(computer, script, (succeeds, rounds) => {
        seen.set(script.name, { succeeds, rounds });
        judge();
      }),
    );
    return () => {
      for (const end of ends) end();
      vrrp.leave(router);
    };
  });
  return Promise.resolve({
    died: new Promise(() => undefined),
    stop() {
      for (const stop of stops) stop();
      return Promise.resolve();
    },
  });
}

/** track runs a script again and again, until the returned function is called. Until it failed often enough it is supposed to succeed. */
function track(
  computer: Computer,
  script: TrackScript,
  judged: (succeeds: boolean, rounds: number) => void,
): () => void {
  let succeeds = true;
  let contrary = 0;
  let rounds = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let kill: () => void = () => undefined;
  const round = async (): Promise<void> => {
    const running = computer.shell.serve(script.command);
    kill = running.kill;
    const succeeded = (await running.ended) === 0;
    if (stopped) return;
    contrary = succeeded === succeeds ? 0 : contrary + 1;
    if (contrary >= (succeeds ? script.fall : script.rise)) {
      succeeds = succeeded;
      contrary = 0;
    }
    rounds += 1;
    judged(succeeds, rounds);
    timer = setTimeout(() => void round(), roundMs).unref();
  };
  void round();
  return () => {
    stopped = true;
    clearTimeout(timer);
    kill();
  };
}

/** refuseHelpless: what keepalived would start with, and never hold an address. */
function refuseHelpless(
  { network }: Computer,
  { scriptUser = "keepalived_script", scripts, instances }: KeepalivedConfig,
): void {
  if (scripts.length > 0 && !users.includes(scriptUser))
    throw new Error(`Unable to set default user for vrrp script: user '${scriptUser}' does not exist`);
  for (const instance of instances) refuseElsewhere(network.interfaces, instance);
}

function refuseElsewhere(
  interfaces: Computer["network"]["interfaces"],
  { name, source, interface: wanted }: VrrpInstance,
): void {
  const nic = interfaces.find((each) => each.name === wanted);
  if (nic === undefined) throw new Error(`(${name}) WARNING - interface ${wanted} doesn't exist`);
  if (!nic.addresses.some(({ address }) => address === source))
    throw new Error(`(${name}) bind unicast_src ${source} failed 99 - Cannot assign requested address`);
}
