import type { Resource } from "./resource";
import type { ProviderSchema } from "./schema";

/** Provider is one stand-in: a real provider's schema and what its resources do. */
export interface Provider {
  /** source address without the registry's host: `hashicorp/tls`. */
  readonly source: string;
  readonly schema: ProviderSchema;
  readonly resources: Readonly<Record<string, Resource>>;
}
