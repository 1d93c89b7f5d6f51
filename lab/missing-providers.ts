import { LabProblem } from "./engine/lab-problem";
import type { Part } from "./engine/part";
import { type StandInName, startStandIns } from "./providers";

export interface PlayedProviders {
  /** environment by which the engine finds them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  close(): Promise<void>;
}

/** playMissing starts a stand-in for each provider that cannot be had. */
export async function playMissing(addresses: readonly string[]): Promise<PlayedProviders> {
  if (addresses.length === 0) return { environment: {}, parts: [], close: () => Promise.resolve() };
  const names = addresses.map(standInFor);
  const standIns = await startStandIns(names);
  return {
    environment: { TF_REATTACH_PROVIDERS: standIns.reattach },
    parts: names.map((name) => ({ name: `hashicorp/${name}`, kind: "stand-in", version: played[name] })),
    close: () => standIns.close(),
  };
}

/** played, what each stand-in plays of its provider. */
const played: Readonly<Record<StandInName, string>> = {
  tls: "keys and certificates are real",
  random: "randomness is real",
  null: "provisioners are run by the engine",
};

function standInFor(address: string): StandInName {
  const name = address.split("/").at(-1);
  if (address.includes("/hashicorp/") && isStandIn(name)) return name;
  throw new LabProblem(
    `The provider ${address} can neither be fetched from its registry here nor be played by the lab.\n` +
      "Run the rehearsal where the registry of providers can be reached.",
  );
}

function isStandIn(name: string | undefined): name is StandInName {
  return name !== undefined && name in played;
}
