import type { DataSource } from "./data-source";
import type { Answer, Resource } from "./resource";
import type { ProviderSchema } from "./schema";
import type { Attributes } from "./value";

/** Environment is what a real provider would read from the variables of its process. */
export type Environment = Readonly<Record<string, string>>;

/**
 * Provider is one stand-in: a real provider's schema and what its resources do. Connection is what the provider's
 * configuration leads to; a provider without one needs no `configure`.
 */
export interface Provider<Connection = unknown> {
  /** source address without the registry's host: `hashicorp/tls`. */
  readonly source: string;
  readonly schema: ProviderSchema;
  readonly resources: Readonly<Record<string, Resource<Connection>>>;
  readonly dataSources?: Readonly<Record<string, DataSource<Connection>>>;
  /** configure, called once by each program that connects, before it plans; what is not known yet is UNKNOWN. */
  configure?(config: Attributes, environment: Environment): Answer<Connection>;
}
