import { ApiError, type KubernetesClient, kubernetesClient } from "../../kubernetes/client";
import { ProviderError } from "../protocol/problem";
import type { Environment } from "../protocol/provider";
import type { Attributes } from "../protocol/value";
import { accessOf } from "./access";

/** KubernetesConnection is what the provider's configuration leads to. */
export interface KubernetesConnection {
  readonly client: KubernetesClient;
  /** checkCredentials asks the API once whether it takes them; a plan that cannot reach the API ends here. */
  checkCredentials(): Promise<void>;
}

export function connectionOf(config: Attributes, environment: Environment): KubernetesConnection {
  const client = kubernetesClient(accessOf(config, environment, "HashiCorp/1.0"));
  let checked: Promise<void> | undefined;
  return { client, checkCredentials: () => (checked ??= check(client)) };
}

async function check(client: KubernetesClient): Promise<void> {
  try {
    await client.ask({ method: "GET", path: "/apis" });
  } catch (error) {
    const detail = messageOf(error);
    throw error instanceof ApiError && error.code === 401
      ? new ProviderError({
          summary: "Invalid credentials",
          detail:
            "The credentials configured in the provider block are not accepted by the API server. " +
            `Error: ${detail}`,
        })
      : new ProviderError({ summary: "Invalid configuration for API client", detail });
  }
}

/** messageOf whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
