import type { Draft, DraftNode, DraftPool } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";
import { majorityOf } from "../quorum";
import { mib, printGiB, printMiB } from "../units";
import { cloudImages, installerIsos } from "../../versions";

/** leastMemory and leastCores of a node. Source: rke2-docs, docs/install/requirements.md */
const leastMemory = mib(4 * 1024);
const leastCores = 2;

/** machines: as many as a cluster needs, each large enough for RKE2 and its image. */
export function machines(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...serverCount(draft),
    ...draft.pools.flatMap((pool) => [...retired(draft, pool), ...tooSmall(draft, pool)]),
    ...templateTooSmall(draft),
    ...oneHostHoldsQuorum(draft),
    ...oneServerAnswers(draft),
    ...loadBalancersOnOneHost(draft),
  ]);
}

function serverCount(draft: Draft): Problem[] {
  const { count, on } = draft.input.servers;
  const places: Problem["places"] = [draft.at("servers", "count")];
  if (count === 0) {
    return [
      error("machines/no-server", places, {
        found: "0",
        why: "the servers are the control plane: without one there is no Kubernetes API to join",
        fix: "set servers.count to 1, or to 3 to survive the loss of one",
      }),
    ];
  }
  if (count % 2 === 1) return [];
  return [
    error("machines/even-servers", places, {
      found: String(count),
      why: `etcd needs a majority: ${count} servers bear the loss of ${count / 2 - 1}, as ${count - 1} would, and one more can fail`,
      fix:
        new Set(on).size > count
          ? `set servers.count to ${count + 1}, or to ${count - 1}`
          : `set servers.count to ${count - 1}, or to ${count + 1} on as many hosts`,
    }),
  ];
}

function retired(draft: Draft, { keys, pool }: DraftPool): Problem[] {
  const numbers = pool.retired ?? [];
  const place = draft.at(...keys, "retired");
  const highest = pool.count + numbers.length;
  const beyond = numbers.filter((number) => number > highest);
  const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  return [
    ...beyond.map((number) =>
      error("machines/retired-out-of-range", [place, draft.at(...keys, "count")], {
        found: String(number),
        why: `with count ${pool.count} and ${numbers.length} retired no machine has a number above ${highest}`,
        fix: `take ${number} out of ${keys.join(".")}.retired`,
      }),
    ),
    ...twice.map((number) =>
      error("machines/retired-twice", [place], {
        found: String(number),
        why: "a machine is retired once",
        fix: `write ${number} once`,
      }),
    ),
  ];
}

function tooSmall(draft: Draft, { role, keys, pool }: DraftPool): Problem[] {
  const problems: Problem[] = [];
  const isNode = role !== "load-balancer";
  if (isNode && pool.memory < leastMemory) {
    problems.push(
      error("machines/too-little-memory", [draft.at(...keys, "memory")], {
        found: `"${printMiB(pool.memory)}"`,
        why: "RKE2 asks for 4 GiB per node at least, 8 GiB recommended",
        fix: `set ${keys.join(".")}.memory to "8 GiB"`,
      }),
    );
  }
  if (isNode && pool.cores < leastCores) {
    problems.push(
      error("machines/too-few-cores", [draft.at(...keys, "cores")], {
        found: String(pool.cores),
        why: "RKE2 asks for 2 cores per node at least, 4 recommended",
        fix: `set ${keys.join(".")}.cores to 2`,
      }),
    );
  }
  if (pool.disk < draft.templateDisk) {
    problems.push(
      error("machines/disk-below-template", [draft.at(...keys, "disk"), draft.at("template")], {
        found: `"${printGiB(pool.disk)}", and the template has ${printGiB(draft.templateDisk)}`,
        why: "a clone begins with the template's disk, and Proxmox cannot shrink a disk",
        fix: `set ${keys.join(".")}.disk to "${printGiB(draft.templateDisk)}" or more`,
      }),
    );
  }
  return problems;
}

function templateTooSmall(draft: Draft): Problem[] {
  const least = leastDisk(draft);
  if (least === undefined || draft.templateDisk >= least) return [];
  return [
    error("machines/template-below-image", [draft.at("template", "disk")], {
      found: `"${printGiB(draft.templateDisk)}"`,
      why: `the system alone takes ${least} GiB`,
      fix: `set template.disk to "${least} GiB" or more, or leave it out`,
    }),
  ];
}

function leastDisk({ input: { template } }: Draft): number | undefined {
  if ("iso" in template)
    return typeof template.iso === "string" ? installerIsos[template.iso].leastDisk : undefined;
  return typeof template.cloudImage === "string" ? cloudImages[template.cloudImage].leastDisk : undefined;
}

/** A majority of servers has to go on when any one host stops; a single server has none to lose. */
function oneHostHoldsQuorum(draft: Draft): Problem[] {
  const { servers } = draft;
  const majority = majorityOf(servers.length);
  if (servers.length < 3) return [];
  return Object.keys(draft.input.proxmox.hosts).flatMap((host) => {
    const on = servers.filter((server) => server.host === host);
    if (servers.length - on.length >= majority) return [];
    return [
      warning("machines/one-host-holds-quorum", [draft.at("servers", "on")], {
        found: `${namesOf(on)} on ${host}`,
        why: `when ${host} stops, ${servers.length - on.length} of ${servers.length} servers are left and etcd needs ${majority}`,
        fix: `name ${servers.length} hosts in servers.on`,
      }),
    ];
  });
}

function oneServerAnswers(draft: Draft): Problem[] {
  if (draft.input.api.through !== "first-server" || draft.servers.length < 2) return [];
  return [
    warning("machines/one-server-answers", [draft.at("api", "through"), draft.at("servers", "count")], {
      found: `"first-server" with ${draft.servers.length} servers`,
      why: "the API is gone while server-1 is, though the other servers go on",
      fix: 'set api.address to a free address, and api.through to "kube-vip"',
    }),
  ];
}

function loadBalancersOnOneHost(draft: Draft): Problem[] {
  const [host, ...others] = new Set(draft.loadBalancers.map((machine) => machine.host));
  if (host === undefined || others.length > 0) return [];
  return [
    warning("machines/load-balancers-on-one-host", [draft.at("api", "loadBalancers", "on")], {
      found: `${namesOf(draft.loadBalancers)} on ${host}`,
      why: `when ${host} stops, nobody holds the API's address, and the servers on other hosts are out of reach`,
      fix: "name 2 hosts in api.loadBalancers.on",
    }),
  ];
}

function namesOf(nodes: readonly DraftNode[]): string {
  return nodes.map(({ name }) => name).join(" and ");
}
