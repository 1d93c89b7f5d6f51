import { decodeValue, encodeValue } from "./codec";
import { checkConfig } from "./check-config";
import { decoded, type Described, describedBy, message, present } from "./described";
import type {
  ApplyAnswer,
  ApplyRequest,
  ConfigRequest,
  ConfigureRequest,
  DiagnosticsAnswer,
  ImportAnswer,
  ImportRequest,
  PlanAnswer,
  PlanRequest,
  ReadAnswer,
  ReadDataAnswer,
  ReadRequest,
  SchemaAnswer,
  UpgradeStateAnswer,
  UpgradeStateRequest,
} from "./messages";
import { planChange } from "./plan";
import { diagnostic, pathMessage, ProviderError, type DiagnosticMessage, type Problem } from "./problem";
import type { Environment, Provider } from "./provider";
import type { Apply, Resource } from "./resource";
import { blockType, type Schema } from "./schema";
import { schemaMessage, type SchemaMessage } from "./schema-message";
import { valueFromJson } from "./state-json";
import { isAttributes, type Attributes } from "./value";

/** Service answers one program's questions about one provider, one method per question. */
export interface Service {
  readonly schema: () => SchemaAnswer;
  readonly configure: (request: ConfigureRequest) => Promise<DiagnosticsAnswer>;
  readonly validate: (request: ConfigRequest) => DiagnosticsAnswer;
  readonly upgrade: (request: UpgradeStateRequest) => UpgradeStateAnswer;
  readonly read: (request: ReadRequest) => Promise<ReadAnswer>;
  readonly plan: (request: PlanRequest) => Promise<PlanAnswer>;
  readonly apply: (request: ApplyRequest) => Promise<ApplyAnswer>;
  readonly import: (request: ImportRequest) => Promise<ImportAnswer>;
  readonly readData: (request: ConfigRequest) => Promise<ReadDataAnswer>;
}

export function serviceOf(provider: Provider, environment: Environment): Service {
  const { source, schema } = provider;
  const configuration = blockType(schema.provider.block);
  const kindOf = describedBy(source, schema.resource_schemas, provider.resources);
  const dataKindOf = describedBy(source, schema.data_source_schemas, provider.dataSources ?? {});
  let connection: unknown;

  return {
    schema: () => ({
      provider: schemaMessage(schema.provider),
      resource_schemas: schemaMessages(schema.resource_schemas),
      data_source_schemas: schemaMessages(schema.data_source_schemas),
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
      return { diagnostics: errors(checkConfig(kind.behaviour, kind.block, present(kind, request.config))) };
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
          kind.behaviour.read === undefined ? before : await kind.behaviour.read(before, connection);
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
        const result = await planChange(kind.behaviour, kind.block, change, connection);
        return {
          planned_state: message(kind, result.planned),
          requires_replace: result.replaces.map(pathMessage),
          planned_private: request.prior_private,
          legacy_type_system: kind.behaviour.legacy === true,
        };
      } catch (error) {
        return { diagnostics: refusal(error), planned_private: request.prior_private };
      }
    },

    async apply(request) {
      const kind = kindOf(request.type_name);
      const diagnostics: DiagnosticMessage[] = [];
      const answer = { private: request.planned_private, legacy_type_system: kind.behaviour.legacy === true };
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

    async import({ type_name, id }) {
      const kind = kindOf(type_name);
      try {
        if (kind.behaviour.import === undefined) throw new ProviderError(cannotImport);
        const known = await kind.behaviour.import(id, connection);
        return { imported_resources: [{ type_name, state: message(kind, known), private: Buffer.alloc(0) }] };
      } catch (error) {
        return { diagnostics: refusal(error) };
      }
    },

    async readData(request) {
      const kind = dataKindOf(request.type_name);
      try {
        return {
          state: message(kind, await kind.behaviour.read(present(kind, request.config), connection)),
        };
      } catch (error) {
        return { diagnostics: refusal(error) };
      }
    },
  };
}

async function applied(
  kind: Described<Resource>,
  request: ApplyRequest,
  tell: Pick<Apply, "warn" | "fail">,
  connection: unknown,
): Promise<Attributes | undefined> {
  const prior = decoded(kind, request.prior_state);
  const planned = decoded(kind, request.planned_state);
  if (planned === undefined) {
    if (prior !== undefined) await kind.behaviour.delete?.(prior, connection, tell);
    return undefined;
  }
  const apply = { planned, config: present(kind, request.config), ...tell };
  if (prior === undefined) return kind.behaviour.create(apply, connection);
  return kind.behaviour.update === undefined
    ? planned
    : kind.behaviour.update({ ...apply, prior }, connection);
}

function schemaMessages(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, SchemaMessage>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, schemaMessage(each)]));
}

function errors(problems: readonly Problem[]): readonly DiagnosticMessage[] {
  return problems.map((problem) => diagnostic("ERROR", problem));
}

function refusal(error: unknown): readonly DiagnosticMessage[] {
  if (error instanceof ProviderError) return errors(error.problems);
  throw error;
}

function otherVersion(kind: Described<unknown>, version: number): Problem {
  return {
    summary: "Unable to Upgrade Resource State",
    detail: `The state holds ${kind.name} in schema version ${version}; this stand-in knows only version ${kind.version}.`,
  };
}

/** cannotImport, in the words of the providers' own library. */
const cannotImport: Problem = {
  summary: "Resource Import Not Implemented",
  detail:
    "This resource does not support import. Please contact the provider developer for additional information.",
};
