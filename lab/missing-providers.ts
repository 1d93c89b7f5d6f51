import { LabProblem } from "./engine/lab-problem";
import type { Part } from "./engine/part";
import type { MissingProvider } from "./engine/provider-supply";
import { type StandInName, startStandIns } from "./providers";

export interface PlayedProviders {
  /** environment by which the engine finds them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  close(): Promise<void>;
}

/** playMissing starts a stand-in for each provider that cannot be had. */
export async function playMissing(missing: readonly MissingProvider[]): Promise<PlayedProviders> {
  if (missing.length === 0) return { environment: {}, parts: [], close: () => Promise.resolve() };
  const played = missing.map(({ address, version }) => ({ name: standInFor(address), version }));
  const served = await startStandIns(played.map(({ name }) => name));
  return {
    environment: { TF_REATTACH_PROVIDERS: served.reattach },
    parts: played.map(({ name, version }) => ({ name: `hashicorp/${name}`, kind: "stand-in", version })),
    close: () => served.close(),
  };
}

const standIns: Readonly<Record<StandInName, true>> = { tls: true, random: true, null: true };

function standInFor(address: string): StandInName {
  const name = address.split("/").at(-1);
  if (address.includes("/hashicorp/") && isStandIn(name)) return name;
  throw new LabProblem(
    `The provider ${address} can neither be fetched from its registry here nor be played by the lab.\n` +
      "Run the rehearsal where the registry of providers can be reached.",
  );
}

function isStandIn(name: string | undefined): name is StandInName {
  return name !== undefined && name in standIns;
}
