import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nullProvider } from "./null";
import type { Provider } from "./protocol/provider";
import { serve } from "./protocol/server";
import { randomProvider } from "./random";
import { tlsProvider } from "./tls";

export type StandInName = keyof typeof providers;

export interface StandIns {
  /** reattach, the value for TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  close(): Promise<void>;
}

/** startStandIns serves the named providers from this process; Terraform finds them by `reattach`. */
export async function startStandIns(names: readonly StandInName[]): Promise<StandIns> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-providers-"));
  const stops: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
    await rm(folder, { recursive: true });
  };
  const reattach: Record<string, Reattachment> = {};
  try {
    for (const name of names) {
      const provider = providers[name];
      const socket = join(folder, name);
      stops.push(await serve(provider, socket));
      reattach[provider.source] = reattachment(socket);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { reattach: JSON.stringify(reattach), close };
}

const providers = { tls: tlsProvider, random: randomProvider, null: nullProvider } satisfies Record<
  string,
  Provider
>;

/** Reattachment is what Terraform wants to know of a provider that already runs. */
interface Reattachment {
  readonly Protocol: "grpc";
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: "unix"; readonly String: string };
}

/** Test tells Terraform not to stop the provider when it is done. */
function reattachment(socket: string): Reattachment {
  return {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    Test: true,
    Addr: { Network: "unix", String: socket },
  };
}
