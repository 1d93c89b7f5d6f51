import { nullProvider } from "./null";
import { attach, type StandIns } from "./protocol/attach";
import type { Provider } from "./protocol/provider";
import { randomProvider } from "./random";
import { tlsProvider } from "./tls";

export type { StandIns };

export type StandInName = keyof typeof providers;

/** startStandIns serves the named providers from this process until `close`. */
export function startStandIns(names: readonly StandInName[]): Promise<StandIns> {
  return attach(names.map((name) => providers[name]));
}

const providers = { tls: tlsProvider, random: randomProvider, null: nullProvider } satisfies Record<
  string,
  Provider
>;
