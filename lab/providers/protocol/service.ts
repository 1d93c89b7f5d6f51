import type {
  ApplyAnswer,
  ApplyRequest,
  ConfigureRequest,
  DiagnosticsAnswer,
  PlanAnswer,
  PlanRequest,
  ReadAnswer,
  ReadRequest,
  SchemaAnswer,
  UpgradeStateAnswer,
  UpgradeStateRequest,
  ValidateResourceRequest,
  ValueMessage,
} from "./messages";
import { decodeValue, encodeValue } from "./codec";
import { checkConfig, planChange, withoutWriteOnly } from "./plan";
import { diagnostic, pathMessage, ProviderError, type DiagnosticMessage, type Problem } from "./problem";
import type { Environment, Provider } from "./provider";
import type { Apply, Resource } from "./resource";
import { blockType, type Block } from "./schema";
import { schemaMessage } from "./schema-message";
import { valueFromJson } from "./state-json";
import type { CtyType } from "./type";
import { isAttributes, type Attributes } from "./value";

/** Service answers one program's questions about one provider, one method per question. */
export interface Service {
  readonly schema: () => SchemaAnswer;
  readonly configure: (request: ConfigureRequest) => Promise<DiagnosticsAnswer>;
  readonly validate: (request: ValidateResourceRequest) => DiagnosticsAnswer;
  readonly upgrade: (request: UpgradeStateRequest) => UpgradeStateAnswer;
  readonly read: (request: ReadRequest) => Promise<ReadAnswer>;
  readonly plan: (request: PlanRequest) => Promise<PlanAnswer>;
  readonly apply: (request: ApplyRequest) => Promise<ApplyAnswer>;
}

export function serviceOf(provider: Provider, environment: Environment): Service {
  const configuration = blockType(provider.schema.provider.block);
  let connection: unknown;
  const kinds = new Map(
    Object.entries(provider.schema.resource_schemas).map(([name, schema]) => {
      const resource = provider.resources[name];
      if (resource === undefined) throw new Error(`Nothing stands in for ${name} of ${provider.source}.`);
      return [
        name,
        { name, resource, version: schema.version, block: schema.block, type: blockType(schema.block) },
      ];
    }),
  );
  const kindOf = (name: string): Kind => {
    const kind = kinds.get(name);
    if (kind === undefined)
      throw new Error(`${provider.source} was asked for ${name}, which its schema lacks.`);
    return kind;
  };

  return {
    schema: () => ({
      provider: schemaMessage(provider.schema.provider),
      resource_schemas: Object.fromEntries(
        Object.entries(provider.schema.resource_schemas).map(([name, each]) => [name, schemaMessage(each)]),
      ),
    }),

    async configure(request) {
      const config = decodeValue(request.config.msgpack, configuration);
      if (!isAttributes(config))
        throw new Error(`The configuration of ${provider.source} came without a value.`);
      try {
        connection = await provider.configure?.(config, environment);
        return { diagnostics: [] };
      } catch (error) {
        return { diagnostics: refusal(error) };
      }
    },

    validate(request) {
      const kind = kindOf(request.type_name);
      return { diagnostics: errors(checkConfig(kind.resource, present(kind, request.config))) };
    },

    upgrade(request) {
      const kind = kindOf(request.type_name);
      if (request.version !== kind.version)
        return { diagnostics: errors([otherVersion(kind, request.version)]) };
      const state = valueFromJson(JSON.parse(request.raw_state.json.toString("utf8")), kind.type);
      return { upgraded_state: { msgpack: encodeValue(state, kind.type) } };
    },

    async read(request) {
      const kind = kindOf(request.type_name);
      const before = present(kind, request.current_state);
      try {
        const state =
          kind.resource.read === undefined ? before : await kind.resource.read(before, connection);
        return { new_state: message(kind, state), private: request.private };
      } catch (error) {
        return { diagnostics: refusal(error), private: request.private };
      }
    },

    async plan(request) {
      const kind = kindOf(request.type_name);
      const proposed = decoded(kind, request.proposed_new_state);
      if (proposed === undefined) {
        return { planned_state: request.proposed_new_state, planned_private: request.prior_private };
      }
      const prior = decoded(kind, request.prior_state);
      const config = present(kind, request.config);
      try {
        const change = { prior, config, planned: proposed };
        const result = await planChange(kind.resource, kind.block, change, connection);
        return {
          planned_state: message(kind, result.planned),
          requires_replace: result.replaces.map(pathMessage),
          planned_private: request.prior_private,
          legacy_type_system: kind.resource.legacy === true,
        };
      } catch (error) {
        return { diagnostics: refusal(error), planned_private: request.prior_private };
      }
    },

    async apply(request) {
      const kind = kindOf(request.type_name);
      const diagnostics: DiagnosticMessage[] = [];
      const answer = { private: request.planned_private, legacy_type_system: kind.resource.legacy === true };
      const tell: Pick<Apply, "warn" | "fail"> = {
        warn: (problem) => diagnostics.push(diagnostic("WARNING", problem)),
        fail: (problem) => diagnostics.push(diagnostic("ERROR", problem)),
      };
      try {
        const state = await applied(kind, request, tell, connection);
        return { ...answer, diagnostics, new_state: message(kind, state) };
      } catch (error) {
        return {
          ...answer,
          diagnostics: [...diagnostics, ...refusal(error)],
          new_state: request.prior_state,
        };
      }
    },
  };
}

interface Kind {
  readonly name: string;
  readonly resource: Resource;
  readonly version: number;
  readonly block: Block;
  readonly type: CtyType;
}

async function applied(
  kind: Kind,
  request: ApplyRequest,
  tell: Pick<Apply, "warn" | "fail">,
  connection: unknown,
): Promise<Attributes | undefined> {
  const prior = decoded(kind, request.prior_state);
  const planned = decoded(kind, request.planned_state);
  if (planned === undefined) {
    if (prior !== undefined) await kind.resource.delete?.(prior, connection);
    return undefined;
  }
  const apply = { planned, config: present(kind, request.config), ...tell };
  if (prior === undefined) return kind.resource.create(apply, connection);
  return kind.resource.update === undefined ? planned : kind.resource.update({ ...apply, prior }, connection);
}

function message(kind: Kind, state: Attributes | undefined): ValueMessage {
  const kept = state === undefined ? null : withoutWriteOnly(state, kind.block);
  return { msgpack: encodeValue(kept, kind.type) };
}

function decoded(kind: Kind, value: ValueMessage): Attributes | undefined {
  const attributes = decodeValue(value.msgpack, kind.type);
  if (attributes === null) return undefined;
  if (!isAttributes(attributes)) throw new Error(`A ${kind.name} as a whole came as ${typeof attributes}.`);
  return attributes;
}

function present(kind: Kind, value: ValueMessage): Attributes {
  const attributes = decoded(kind, value);
  if (attributes === undefined) throw new Error(`A ${kind.name} came without any value.`);
  return attributes;
}

function errors(problems: readonly Problem[]): readonly DiagnosticMessage[] {
  return problems.map((problem) => diagnostic("ERROR", problem));
}

function refusal(error: unknown): readonly DiagnosticMessage[] {
  if (error instanceof ProviderError) return errors(error.problems);
  throw error;
}

function otherVersion(kind: Kind, version: number): Problem {
  return {
    summary: "Unable to Upgrade Resource State",
    detail: `The state holds ${kind.name} in schema version ${version}; this stand-in knows only version ${kind.version}.`,
  };
}
