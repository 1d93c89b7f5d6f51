import { helmProvider, type HelmOptions } from "./helm";
import { kubernetesProvider } from "./kubernetes";
import { nginxProxyManagerProvider } from "./nginxproxymanager";
import { nullProvider } from "./null";
import { attach, type StandIns } from "./protocol/attach";
import type { Environment, Provider } from "./protocol/provider";
import { randomProvider } from "./random";
import { tlsProvider } from "./tls";

export type { StandIns };

/** Surroundings of stand-ins: what a real provider finds outside its configuration. */
export interface Surroundings {
  /**
   * environment that a real one would find in its process: `KUBE_PROXY_URL`, `HTTPS_PROXY`; for Nginx Proxy Manager's
   * `HTTP_PROXY` and the login, `NGINXPROXYMANAGER_USERNAME` and `NGINXPROXYMANAGER_PASSWORD`.
   */
  readonly environment: Environment;
  /** helm, what stands for the repositories of charts. */
  readonly helm: HelmOptions;
}

export type StandInName = keyof typeof providers;

/** standInFor a source, such as `hashicorp/tls`; undefined = it cannot be played. */
export function standInFor(source: string): StandInName | undefined {
  const name = source.slice(source.indexOf("/") + 1);
  return isStandIn(name) && sourceOf(name) === source ? name : undefined;
}

/** sourceOf the provider that is stood in for. */
export function sourceOf(name: StandInName): string {
  return name === "nginxproxymanager" ? nginxProxyManagerProvider.source : `hashicorp/${name}`;
}

/** startStandIns serves the named providers from this process until `close`. */
export function startStandIns(names: readonly StandInName[], surroundings: Surroundings): Promise<StandIns> {
  return attach(
    names.map((name) => providers[name](surroundings)),
    surroundings.environment,
  );
}

function isStandIn(name: string): name is StandInName {
  return Object.hasOwn(providers, name);
}

const providers = {
  tls: () => tlsProvider,
  random: () => randomProvider,
  null: () => nullProvider,
  kubernetes: () => kubernetesProvider,
  helm: ({ helm }) => helmProvider(helm),
  nginxproxymanager: () => nginxProxyManagerProvider,
} satisfies Record<string, (surroundings: Surroundings) => Provider>;
