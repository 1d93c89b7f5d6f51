import { sameProxmox } from "../draft";
import type { Draft, DraftPool } from "../draft";
import { error } from "../problem";
import type { Place, Problem } from "../problem";
import { isDnsLabel, labelLike } from "../schema/literals";

/** names: each is fit for what it becomes part of, and stands for one thing. */
export function names(drafts: readonly Draft[]): Problem[] {
  return [
    ...clustersTwice(drafts),
    ...poolsTwice(drafts),
    ...machinesTwice(drafts),
    ...imagesTwice(drafts),
    ...drafts.flatMap((draft) => [
      ...notLabels(draft),
      ...tooLong(draft),
      ...draft.pools.flatMap((pool) => [...labels(draft, pool), ...taints(draft, pool)]),
    ]),
  ];
}

function clustersTwice(drafts: readonly Draft[]): Problem[] {
  return pairs(drafts, (a, b) => a.input.name === b.input.name).map(([a, b]) =>
    error("names/cluster-twice", [b.at("name"), a.at("name")], {
      found: `"${b.input.name}"`,
      why: "stacks, machines, images and snippets begin with it, and the second cluster would take over the first's",
      fix: `name it "${b.input.name}-2", say`,
    }),
  );
}

function poolsTwice(drafts: readonly Draft[]): Problem[] {
  const alike = (a: Draft, b: Draft) => a.input.proxmox.pool === b.input.proxmox.pool && sameProxmox(a, b);
  return pairs(drafts, alike).map(([a, b]) =>
    error("names/pool-twice", [b.at("proxmox", "pool"), a.at("proxmox", "pool")], {
      found: `"${b.input.proxmox.pool}"`,
      why: "each cluster makes its pool and deletes it with itself",
      fix: `set proxmox.pool of ${b.input.name} to "${b.input.name === b.input.proxmox.pool ? `${b.input.name}-2` : b.input.name}"`,
    }),
  );
}

interface Named {
  readonly name: string;
  readonly what: string;
  readonly place: Place;
  readonly draft: Draft;
}

/** machinesTwice: a VM's name is its snippets' and its construct's too, so two that agree would become one. */
function machinesTwice(drafts: readonly Draft[]): Problem[] {
  const named = drafts.flatMap((draft): Named[] => [
    ...draft.loadBalancers.map(({ vmName, name, keys }) => {
      return { name: vmName, what: `load balancer ${name}`, place: draft.at(...keys), draft };
    }),
    ...draft.nodes.map(({ vmName, name, keys }) => {
      return { name: vmName, what: `node ${name}`, place: draft.at(...keys), draft };
    }),
    ...draft.templates.flatMap(({ name, installer, host }) => {
      const place = draft.at("proxmox", "hosts", host);
      const template = { name, what: `the template on ${host}`, place, draft };
      return installer === undefined
        ? [template]
        : [template, { name: installer.name, what: `the installer on ${host}`, place, draft }];
    }),
  ]);
  const seen = new Map<string, Named>();
  const reported = new Set<string>();
  return named.flatMap((later) => {
    const earlier = seen.get(later.name);
    if (earlier === undefined) {
      seen.set(later.name, later);
      return [];
    }
    const both = JSON.stringify([earlier.place.keys, later.place.keys]);
    if (
      reported.has(both) ||
      (earlier.draft !== later.draft && earlier.draft.input.name === later.draft.input.name)
    ) {
      return [];
    }
    reported.add(both);
    return [
      error("names/machine-twice", [later.place, earlier.place], {
        found: `"${later.name}" for ${later.what} and ${earlier.what}`,
        why: "a machine's name is its snippets' and its plan address too, so the two would be written as one",
        fix:
          later.draft === earlier.draft
            ? `rename ${later.place.keys.join(".")}`
            : `rename cluster ${later.draft.input.name}`,
      }),
    ];
  });
}

function imagesTwice(drafts: readonly Draft[]): Problem[] {
  const alike = (a: Draft, b: Draft) =>
    a.source.fileName === b.source.fileName && a.input.name !== b.input.name;
  return pairs(drafts, (a, b) => alike(a, b) && sameProxmox(a, b)).map(([a, b]) =>
    error("names/image-twice", [b.at("template"), a.at("template")], {
      found: `"${b.source.fileName}" for both`,
      why: "an image's name on its store is the cluster's and the image's: destroying one cluster would delete both",
      fix: `rename cluster ${b.input.name}`,
    }),
  );
}

function notLabels(draft: Draft): Problem[] {
  const pools = draft.pools.filter(({ keys, name }) => keys.length > 1 && !isDnsLabel(name));
  const hosts = Object.keys(draft.input.proxmox.hosts).filter((name) => !isDnsLabel(name.toLowerCase()));
  return [
    ...pools.map(({ keys, name }) =>
      error("names/not-a-label", [draft.at(...keys)], {
        found: `"${name}"`,
        why: "its machines' host names begin with it: a-z, 0-9 and dashes, no dash at either end (RFC 1123)",
        fix: `name the pool "${labelLike(name)}"`,
      }),
    ),
    ...hosts.map((name) =>
      error("names/not-a-host-name", [draft.at("proxmox", "hosts", name)], {
        found: `"${name}"`,
        why: "Proxmox's hosts have names of letters, digits and dashes, without a domain",
        fix: `write the name that Proxmox shows in its tree, such as "${labelLike(name.split(".")[0] ?? "")}"`,
      }),
    ),
  ];
}

/** tooLong: a VM's name is a host name, 63 characters at most (RFC 1123 §2.1). */
function tooLong(draft: Draft): Problem[] {
  const machines = [
    ...draft.machines.map(({ vmName, keys }) => ({ vmName, place: draft.at(...keys) })),
    ...draft.templates.map(({ name, installer, host }) => {
      return { vmName: installer?.name ?? name, place: draft.at("proxmox", "hosts", host) };
    }),
  ];
  const [longest, ...others] = machines
    .filter(({ vmName }) => vmName.length > 63)
    .sort((a, b) => b.vmName.length - a.vmName.length);
  if (longest === undefined) return [];
  const more = others.length === 0 ? "" : `, and ${others.length} more are too long`;
  return [
    error("names/too-long", [draft.at("name"), longest.place], {
      found: `"${longest.vmName}" has ${longest.vmName.length} characters${more}`,
      why: "it is a host name, and the limit is 63 (RFC 1123)",
      fix: `shorten name by ${longest.vmName.length - 63}`,
    }),
  ];
}

/**
 * A kubelet may give itself these labels of Kubernetes and no other: the node would not start, or not be admitted.
 * Source: kubernetes, staging/src/k8s.io/kubelet/pkg/apis/well_known_labels.go
 */
const kubeletLabels =
  /^(beta\.)?kubernetes\.io\/(hostname|os|arch|instance-type)$|^topology\.kubernetes\.io\/(zone|region)$|^failure-domain\.beta\.kubernetes\.io\/(zone|region)$/;
const kubeletPrefixes = /^([\w.-]+\.)?(kubelet|node)\.kubernetes\.io\//;

function labels(draft: Draft, { keys, pool }: DraftPool): Problem[] {
  return Object.entries(pool.labels ?? {}).flatMap(([key, value]) => {
    const place = draft.at(...keys, "labels", key);
    if (!isQualifiedName(key) || !isLabelValue(value)) {
      return [
        error("names/malformed-label", [place], {
          found: `"${key}" = "${value}"`,
          why: "key and value hold letters, digits, dots, dashes and underscores, at most 63, and begin and end with a letter or digit",
          fix: `write them like "example.com/disk": "ssd"`,
        }),
      ];
    }
    const ofKubernetes = /^([\w.-]+\.)?(kubernetes|k8s)\.io\//.test(key);
    if (!ofKubernetes || kubeletLabels.test(key) || kubeletPrefixes.test(key)) return [];
    return [
      error("names/node-label", [place], {
        found: `"${key}"`,
        why: "a node may not give itself labels under kubernetes.io: its kubelet would not start",
        fix: `use a domain of your own, such as "example.com/${key.split("/")[1] ?? ""}", or set the label with kubectl`,
      }),
    ];
  });
}

function taints(draft: Draft, { keys, pool }: DraftPool): Problem[] {
  return (pool.taints ?? []).flatMap((taint) => {
    const [, key = "", value = "", effect = ""] = /^([^=:]+)(?:=([^:]*))?:(.*)$/.exec(taint) ?? [];
    const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
    if (isQualifiedName(key) && isLabelValue(value) && effects.includes(effect)) return [];
    const fix = isQualifiedName(key)
      ? `${key}=${isLabelValue(value) ? value : "true"}`
      : "example.com/dedicated=gpu";
    return [
      error("names/malformed-taint", [draft.at(...keys, "taints")], {
        found: `"${taint}"`,
        why: "a taint is key=value:Effect, and the effects are NoSchedule, PreferNoSchedule and NoExecute",
        fix: `write it as "${fix}:NoSchedule"`,
      }),
    ];
  });
}

function isQualifiedName(key: string): boolean {
  const slash = key.indexOf("/");
  const [domain, name] = [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)];
  const isDomain = slash < 0 || (domain.length <= 253 && domain.split(".").every(isDnsLabel));
  return isDomain && name !== "" && isLabelValue(name);
}

function isLabelValue(value: string): boolean {
  return value === "" || /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(value);
}

function pairs(drafts: readonly Draft[], alike: (a: Draft, b: Draft) => boolean): [Draft, Draft][] {
  return drafts.flatMap((b, index) =>
    drafts.slice(0, index).flatMap((a): [Draft, Draft][] => (alike(a, b) ? [[a, b]] : [])),
  );
}
