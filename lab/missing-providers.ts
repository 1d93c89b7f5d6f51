import { LabProblem } from "./engine/lab-problem";
import type { Part } from "./engine/part";
import type { MissingProvider } from "./engine/provider-supply";
import { sourceOf, standInFor, type StandInName, startStandIns, type Surroundings } from "./providers";

export interface PlayedProviders {
  /** environment by which the engine finds them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  close(): Promise<void>;
}

/** playMissing starts a stand-in for each provider that cannot be had. */
export async function playMissing(
  missing: readonly MissingProvider[],
  surroundings: Surroundings,
): Promise<PlayedProviders> {
  if (missing.length === 0) return { environment: {}, parts: [], close: () => Promise.resolve() };
  const played = missing.map(({ address, version }) => ({ name: standInAt(address), version }));
  const served = await startStandIns(
    played.map(({ name }) => name),
    surroundings,
  );
  return {
    environment: { TF_REATTACH_PROVIDERS: served.reattach },
    parts: played.map(({ name, version }) => ({
      name: `${sourceOf(name)}${remarkOn(name, surroundings)}`,
      kind: "stand-in",
      version,
    })),
    close: () => served.close(),
  };
}

function remarkOn(name: StandInName, { helm }: Surroundings): string {
  const place = "writes to the lab's API server";
  if (name === "nginxproxymanager") return ", writes to the lab's Nginx Proxy Manager";
  if (name === "kubernetes") return `, ${place}`;
  if (name !== "helm") return "";
  const { minimal } = helm.crds;
  const crds = minimal.length === 0 ? "" : `; custom resources of ${minimal.join(", ")} unchecked`;
  return `, renders charts itself, ${place}${crds}`;
}

function standInAt(address: string): StandInName {
  const played = standInFor(address.split("/").slice(-2).join("/"));
  if (played !== undefined) return played;
  throw new LabProblem(
    `The provider ${address} can neither be fetched from its registry here nor be played by the lab.\n` +
      "Run the rehearsal where the registry of providers can be reached.",
  );
}
