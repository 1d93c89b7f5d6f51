import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { type GoTool, goBuild, goBuilt } from "../../engine/go-build";
import type { Part } from "../../engine/part";
import { run } from "../../engine/run";

export type ControlPlaneProgram =
  "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok";
export type ProgramName = ControlPlaneProgram | "metallb-controller" | "traefik";

/** Program that runs for real in the lab. */
export interface Program {
  readonly file: string;
  readonly version: string;
}

export type Programs<Name extends string = ProgramName> = Readonly<Record<Name, Program>>;

type Variables = Readonly<Record<string, string | undefined>>;

/** findPrograms, all of them. */
export async function findPrograms(environment: Variables, say: (line: string) => void): Promise<Programs> {
  // One after another: a compiler uses every core by itself.
  return {
    etcd: await findProgram("etcd", environment, say),
    "kube-apiserver": await findProgram("kube-apiserver", environment, say),
    "kube-controller-manager": await findProgram("kube-controller-manager", environment, say),
    "kube-scheduler": await findProgram("kube-scheduler", environment, say),
    kwok: await findProgram("kwok", environment, say),
    "metallb-controller": await findProgram("metallb-controller", environment, say),
    traefik: await findProgram("traefik", environment, say),
  };
}

/** findProgram in KUBEBUILDER_ASSETS, else on PATH, else built from its Go module once. */
export async function findProgram(
  name: ProgramName,
  environment: Variables,
  say: (line: string) => void,
): Promise<Program> {
  return (await installed(name, environment)) ?? goBuild(tools[name], say);
}

/** programsToBuild among these: those that are neither installed nor were built before. */
export function programsToBuild(
  names: readonly ProgramName[],
  environment: Variables,
): readonly ProgramName[] {
  return names.filter(
    (name) => fileOf(name, environment) === undefined && goBuilt(tools[name]) === undefined,
  );
}

/** programNames, everything that KUBE=real needs. */
export const programNames: readonly ProgramName[] = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "metallb-controller",
  "traefik",
];

/** partsOf them, for a rehearsal's table. */
export function partsOf(programs: Programs): Part[] {
  const names: Readonly<Record<ProgramName, string>> = {
    etcd: "etcd",
    "kube-apiserver": "kube-apiserver",
    "kube-controller-manager": "kube-controller-manager",
    "kube-scheduler": "kube-scheduler",
    kwok: "KWOK: nodes and pods without containers",
    "metallb-controller": "MetalLB controller",
    traefik: "Traefik",
  };
  return Object.entries(names).map(([name, title]) => {
    const program = Object.entries(programs).find(([known]) => known === name)?.[1];
    return { name: title, kind: "real" as const, version: program?.version ?? "" };
  });
}

async function installed(name: ProgramName, environment: Variables): Promise<Program | undefined> {
  const file = fileOf(name, environment);
  return file === undefined ? undefined : { file, version: await versionOf(file, environment) };
}

function fileOf(name: ProgramName, environment: Variables): string | undefined {
  return foldersOf(environment)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function foldersOf(environment: Variables): string[] {
  const assets = environment["KUBEBUILDER_ASSETS"] ?? "";
  const path = environment["PATH"] ?? "";
  return [assets, ...path.split(delimiter)].filter((folder) => isAbsolute(folder));
}

async function versionOf(file: string, environment: Variables): Promise<string> {
  const { PATH = "" } = environment;
  for (const args of [["--version"], ["version"]]) {
    const { output } = await run({ file, args, cwd: "/", environment: { PATH }, seconds: 30 });
    const found = /\bv?(\d+\.\d+\.\d+\S*)/.exec(output)?.[1];
    if (found !== undefined) return found;
  }
  return `of ${file}`;
}

const kubernetes = (name: ControlPlaneProgram): GoTool => ({
  name,
  pins: "kubernetes",
  package: `k8s.io/kubernetes/cmd/${name}`,
  module: "k8s.io/kubernetes",
  stamp: (version) => {
    const [major = "", minor = ""] = version.split(".");
    const variables = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
    return Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [`k8s.io/component-base/version.${key}`, value]),
    );
  },
});

const tools: Readonly<Record<ProgramName, GoTool>> = {
  etcd: { name: "etcd", package: "go.etcd.io/etcd/server/v3", module: "go.etcd.io/etcd/server/v3" },
  "kube-apiserver": kubernetes("kube-apiserver"),
  "kube-controller-manager": kubernetes("kube-controller-manager"),
  "kube-scheduler": kubernetes("kube-scheduler"),
  kwok: { name: "kwok", package: "sigs.k8s.io/kwok/cmd/kwok", module: "sigs.k8s.io/kwok" },
  "metallb-controller": {
    name: "metallb-controller",
    pins: "metallb",
    package: "go.universe.tf/metallb/controller",
    module: "go.universe.tf/metallb",
  },
  traefik: {
    name: "traefik",
    package: "github.com/traefik/traefik/v3/cmd/traefik",
    module: "github.com/traefik/traefik/v3",
  },
};
