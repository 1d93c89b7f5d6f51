import { nullProvider } from "./null";
import { attach, type StandIns } from "./protocol/attach";
import type { Environment, Provider } from "./protocol/provider";
import { randomProvider } from "./random";
import { tlsProvider } from "./tls";

export type { StandIns };

export type StandInName = keyof typeof providers;

/**
 * startStandIns serves the named providers from this process until `close`. Environment is what a real one would find
 * in its process: `KUBE_PROXY_URL`, `HTTPS_PROXY`.
 */
export function startStandIns(
  names: readonly StandInName[],
  environment: Environment = {},
): Promise<StandIns> {
  return attach(
    names.map((name) => providers[name]),
    environment,
  );
}

const providers = { tls: tlsProvider, random: randomProvider, null: nullProvider } satisfies Record<
  string,
  Provider
>;
