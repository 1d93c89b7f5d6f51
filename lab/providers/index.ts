import { helmProvider, type HelmOptions } from "./helm";
import { kubernetesProvider } from "./kubernetes";
import { nullProvider } from "./null";
import { attach, type StandIns } from "./protocol/attach";
import type { Environment, Provider } from "./protocol/provider";
import { randomProvider } from "./random";
import { tlsProvider } from "./tls";

export type { StandIns };

/** Surroundings of stand-ins: what a real provider finds outside its configuration. */
export interface Surroundings {
  /** environment that a real one would find in its process: `KUBE_PROXY_URL`, `HTTPS_PROXY`. */
  readonly environment: Environment;
  /** helm, what stands for the repositories of charts. */
  readonly helm: HelmOptions;
}

export type StandInName = keyof typeof providers;

/** isStandIn: a provider of hashicorp that can be played. */
export function isStandIn(name: string | undefined): name is StandInName {
  return name !== undefined && Object.hasOwn(providers, name);
}

/** startStandIns serves the named providers from this process until `close`. */
export function startStandIns(names: readonly StandInName[], surroundings: Surroundings): Promise<StandIns> {
  return attach(
    names.map((name) => providers[name](surroundings)),
    surroundings.environment,
  );
}

const providers = {
  tls: () => tlsProvider,
  random: () => randomProvider,
  null: () => nullProvider,
  kubernetes: () => kubernetesProvider,
  helm: ({ helm }) => helmProvider(helm),
} satisfies Record<string, (surroundings: Surroundings) => Provider>;
