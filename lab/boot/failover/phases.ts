import { ask } from "../api-request";
import { type Check, judgeOf } from "../judge/check";
import type { Phase } from "../phases";
import type { Room } from "../room";
import type { BootSubject } from "../subject";
import { answeredBy, sendVisitor, summary, type Visitor } from "./visitor";

/** failoverPhases, where machines stand in front of the servers: one of each stops, and requests go on. */
export function failoverPhases({ machines }: BootSubject): Phase[] {
  const balancers = machines.filter(({ role }) => role === "load-balancer").map(({ name }) => name);
  const servers = machines.filter(({ role }) => role === "server");
  const [first, second] = servers;
  if (balancers.length === 0) return [];
  if (first === undefined || second === undefined) throw new Error("a failover needs two servers");
  return [
    {
      name: `${second.name}'s API is no longer ready, then its RKE2 stops`,
      run: async (room) => {
        room.checks.push(...(await loseServer(room, first.name, second)));
      },
    },
    {
      name: "the load balancer that holds the API address loses its power",
      run: async (room) => {
        room.checks.push(...(await loseBalancer(room, balancers)));
      },
    },
  ];
}

/** settleSeconds that HAProxy or keepalived may take, in emulated machines, to notice. */
const settleSeconds = 120;

/** enough visits in a row to be sure which servers answer. */
const enough = 12;

async function loseServer(
  room: Room,
  stays: string,
  lost: { readonly name: string; readonly address: string },
): Promise<Check[]> {
  const { subject } = room;
  const judge = judgeOf(lost.name);
  const supervisor = visitorOf(subject, 9345);
  const api = visitorOf(subject, 6443);
  const run = (...command: string[]) => room.vm(lost.name).agent.exec(command, "", 120);
  const settled = async (claim: string, servers: readonly string[], cause: () => Promise<unknown>) => {
    const since = api.now();
    await cause();
    const begun = supervisor.now();
    const ok = await supervisor.until((visits) => {
      const later = visits.filter(({ at }) => at > begun);
      return answeredBy(later, servers, enough);
    }, settleSeconds);
    const seconds = (api.now() - since).toFixed(1);
    return judge(claim, ok, `${seconds} s; at 6443 ${summary(api.visits, since)}`);
  };
  try {
    const both = [stays, lost.name];
    const unready = "/run/rke2-stand-in.unready";
    const checks = [
      await settled("9345 leads to both servers while both are ready", both, () => Promise.resolve()),
      await settled("9345 leads only to the server whose /readyz is good", [stays], () =>
        run("touch", unready),
      ),
    ];
    const alone = await ask(subject, { host: lost.address, port: 9345, path: "/ping", seconds: 20 });
    return [
      ...checks,
      judge("although its own 9345 still answers", alone.body === "pong", `${alone.server}: ${alone.body}`),
      await settled("9345 leads to it again once it is ready", both, () => run("rm", unready)),
      await settled("its RKE2 stops: requests go on at the other server", [stays], () =>
        run("systemctl", "stop", "rke2-server"),
      ),
      ...goesOn(judge("no request at 6443 is lost once HAProxy knows", true, ""), api),
      await settled("its RKE2 starts: both servers answer again", both, () =>
        run("systemctl", "start", "rke2-server"),
      ),
    ];
  } finally {
    await Promise.all([supervisor.stop(), api.stop()]);
  }
}

function goesOn(check: Check, { visits }: Visitor): Check[] {
  const last = visits.slice(-enough);
  const failed = last.filter(({ server }) => server === undefined).length;
  return [
    { ...check, ok: failed === 0, seen: `of the last ${last.length} requests ${failed} without an answer` },
  ];
}

async function loseBalancer(room: Room, balancers: readonly string[]): Promise<Check[]> {
  const { subject } = room;
  const holders = async (names: readonly string[]) => {
    const held = await Promise.all(names.map(async (name) => ((await holds(room, name)) ? [name] : [])));
    return held.flat();
  };
  const [holder, ...more] = await holders(balancers);
  const judge = judgeOf("load balancers");
  const one = judge(
    "exactly one holds the API address",
    holder !== undefined && more.length === 0,
    holder ?? "none",
  );
  if (holder === undefined) return [one];
  const api = visitorOf(subject, 6443);
  try {
    await api.until((visits) => visits.some(({ server }) => server !== undefined), settleSeconds);
    const since = api.now();
    await room.vm(holder).powerOff();
    const lost = api.now();
    const isBack = await api.until(
      (visits) => visits.filter(({ at, server }) => at > lost && server !== undefined).length >= enough,
      settleSeconds,
    );
    const rest = balancers.filter((name) => name !== holder);
    const heirs = await holders(rest);
    return [
      one,
      judge(
        `${holder} loses its power: requests at the API address go on`,
        isBack,
        summary(api.visits, since),
      ),
      judge("the other holds the API address now", heirs.length === 1, heirs.join()),
    ];
  } finally {
    await api.stop();
  }
}

async function holds(room: Room, name: string): Promise<boolean> {
  const { address } = room.subject.api;
  const found = await room
    .vm(name)
    .agent.exec(["/usr/sbin/ip", "-oneline", "address", "show", "to", address], "", 60);
  return found.stdout.includes(address);
}

function visitorOf(subject: BootSubject, port: 6443 | 9345): Visitor {
  const path = port === 6443 ? "/readyz" : "/ping";
  return sendVisitor(async () => {
    const answer = await ask(subject, { port, path, seconds: 5 });
    if (answer.status !== 200) throw new Error(`${answer.status}`);
    return answer;
  });
}
