import { checkConfig } from "../../../lab/providers/protocol/check-config";
import { planChange } from "../../../lab/providers/protocol/plan";
import type { Problem } from "../../../lab/providers/protocol/problem";
import type { Provider } from "../../../lab/providers/protocol/provider";
import type { Attributes, Value } from "../../../lab/providers/protocol/value";

/** make plans and creates a resource from what a configuration sets; the rest of its attributes is null. */
export async function make(
  provider: Provider,
  type: string,
  given: Attributes,
  warn: (problem: Problem) => void = unexpected,
): Promise<Attributes> {
  const { resource, block, config } = prepare(provider, type, given);
  const change = { prior: undefined, config, planned: config };
  const { planned } = await planChange(resource, block, change, undefined);
  return resource.create({ planned, config, warn, fail: unexpected }, undefined);
}

/** problemsOf tells what a provider finds wrong in a configuration before it plans. */
export function problemsOf(provider: Provider, type: string, given: Attributes): readonly Problem[] {
  const { resource, block, config } = prepare(provider, type, given);
  return checkConfig(resource, block, config);
}

/** textOf takes a text out of a resource's state. */
export function textOf(state: Attributes, name: string): string {
  const value = state[name];
  if (typeof value !== "string") throw new Error(`${name} is no text.`);
  return value;
}

/** pemOf matches one PEM block, with exactly one newline at its end. */
export function pemOf(label: string): RegExp {
  return new RegExp(`^-----BEGIN ${label}-----\\n(?:[A-Za-z0-9+/=]{1,64}\\n)+-----END ${label}-----\\n$`);
}

function prepare(provider: Provider, type: string, given: Attributes) {
  const resource = provider.resources[type];
  const block = provider.schema.resource_schemas[type]?.block;
  if (resource === undefined || block === undefined) throw new Error(`${provider.source} has no ${type}.`);
  const silent: [string, Value][] = [
    ...Object.keys(block.attributes ?? {}).map((name): [string, Value] => [name, null]),
    ...Object.keys(block.block_types ?? {}).map((name): [string, Value] => [name, []]),
  ];
  return { resource, block, config: { ...Object.fromEntries(silent), ...given } };
}

function unexpected(problem: Problem): void {
  throw new Error(`unexpected: ${problem.summary}`);
}
