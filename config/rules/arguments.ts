import type { Draft } from "../draft";
import type { NodeProgram, ServerProgram } from "../model/rke2";
import { namedPools, isPool } from "../pools";
import { error } from "../problem";
import type { Problem } from "../problem";
import type { FlagsInput } from "../schema/arguments";
import { ownerOf } from "./owned-flags";

/** programArguments: each is a flag, and one that nobody else sets. */
export function programArguments(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => {
    const written = argumentsOf(draft);
    return [
      ...written.flatMap((one) => [
        ...notFlags(draft, one),
        ...ofOurs(draft, one),
        ...withoutRestriction(draft, one),
      ]),
      ...withoutKubeProxy(draft, written),
    ];
  });
}

interface Written {
  readonly program: NodeProgram | ServerProgram;
  readonly flags: FlagsInput;
  readonly keys: readonly string[];
}

function argumentsOf({ input }: Draft): Written[] {
  const { workers } = input;
  const pools = [
    { written: input.servers.arguments, keys: ["servers", "arguments"] },
    ...namedPools(workers).map(([name, pool]) => {
      return { written: pool.arguments, keys: ["workers", ...(isPool(workers) ? [] : [name]), "arguments"] };
    }),
  ];
  return pools.flatMap(({ written, keys }) =>
    programs.flatMap((program): Written[] => {
      const flags = new Map<string, FlagsInput | undefined>(Object.entries(written ?? {})).get(program);
      return flags === undefined ? [] : [{ program, flags, keys: [...keys, program] }];
    }),
  );
}

const programs = [
  "kubelet",
  "kube-proxy",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
] as const;

function notFlags(draft: Draft, { flags, keys }: Written): Problem[] {
  return Object.keys(flags)
    .filter((flag) => !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(flag))
    .map((flag) => {
      const [name = "", ...value] = flag.replace(/^-+/, "").split("=");
      const meant = value.length === 0 ? `call it "${name}"` : `write "${name}": "${value.join("=")}", say`;
      return error("rke2/not-a-flag", [draft.at(...keys, flag)], {
        found: `"${flag}"`,
        why: "a flag's name is a-z, 0-9 and dashes between; its two dashes and its = are put there by RKE2",
        fix: /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)
          ? meant
          : "call it as the program's documentation does",
      });
    });
}

function ofOurs(draft: Draft, { program, flags, keys }: Written): Problem[] {
  return Object.entries(flags).flatMap(([flag, value]) => {
    const owner = ownerOf(program, flag, value, draft.input);
    if (owner === undefined) return [];
    return [
      error("rke2/argument-of-ours", [draft.at(...keys, flag)], {
        found: typeof value === "string" ? `"${value}"` : value.map((each) => `"${each}"`).join(", "),
        ...owner,
      }),
    ];
  });
}

/** withoutRestriction: RKE2 starts the API server with this one plugin, and the flag replaces it (k3s: pkg/daemons/control/server.go). */
function withoutRestriction(draft: Draft, { program, flags, keys }: Written): Problem[] {
  const plugins = (flag: string) => [flags[flag] ?? []].flat().flatMap((value) => value.split(","));
  if (program !== "kube-apiserver") return [];
  const [enabled, disabled] = ["enable-admission-plugins", "disable-admission-plugins"];
  const lost = [
    ...(plugins(enabled).length > 0 && !plugins(enabled).includes("NodeRestriction") ? [enabled] : []),
    ...(plugins(disabled).includes("NodeRestriction") ? [disabled] : []),
  ];
  return lost.map((flag) =>
    error("rke2/no-node-restriction", [draft.at(...keys, flag)], {
      found: `"${plugins(flag).join(",")}"`,
      why: "the list replaces RKE2's, and without NodeRestriction any worker may change every other node",
      fix:
        flag === enabled
          ? `write "${["NodeRestriction", ...plugins(flag)].join(",")}"`
          : "take NodeRestriction out of it",
    }),
  );
}

function withoutKubeProxy(draft: Draft, written: readonly Written[]): Problem[] {
  const { cni } = draft.input.rke2;
  const replaced = typeof cni === "object" && "cilium" in cni && cni.cilium.kubeProxyReplacement === true;
  if (!replaced) return [];
  return written
    .filter(({ program, flags }) => program === "kube-proxy" && Object.keys(flags).length > 0)
    .map(({ keys }) =>
      error("rke2/no-kube-proxy", [draft.at(...keys), draft.at("rke2", "cni")], {
        found: "arguments of kube-proxy, and Cilium replaces it",
        why: "kube-proxy does not run, so nobody would read them",
        fix: "take it out",
      }),
    );
}
