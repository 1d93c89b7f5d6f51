import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Environment, Provider } from "./provider";
import { serve } from "./server";

export interface StandIns {
  /** reattach, the value for TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  close(): Promise<void>;
}

/** attach serves providers from this process; Terraform and OpenTofu find them by `reattach`. */
export async function attach(
  providers: readonly Provider[],
  environment: Environment = {},
): Promise<StandIns> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-providers-"));
  const stops: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
    await rm(folder, { recursive: true });
  };
  const reattach: Record<string, Reattachment> = {};
  try {
    for (const provider of providers) {
      const socket = join(folder, basename(provider.source));
      stops.push(await serve(provider, environment, socket));
      reattach[provider.source] = reattachment(socket);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { reattach: JSON.stringify(reattach), close };
}

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
