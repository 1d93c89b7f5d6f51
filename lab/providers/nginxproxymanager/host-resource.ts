import { ProviderError } from "../protocol/problem";
import type { Resource } from "../protocol/resource";
import { isAttributes, isList, UNKNOWN, type Attributes, type Value } from "../protocol/value";
import { type Api, clientError, Failed } from "./api";
import type { HostKind } from "./host-kind";
import { idOf, importedId } from "./id";
import { attributesOf, isRow, rowOf } from "./row";

/** hostResource creates, reads, changes and deletes hosts of one kind. */
export function hostResource(kind: HostKind): Resource<Api> {
  const { path, called } = kind;
  return {
    attributes: kind.attributes,

    async create({ planned, fail }, api) {
      const made = await stateOf(
        kind,
        api.ask("POST", path, { json: { ...bodyOf(kind, planned), meta: {} } }),
      ).catch((error: unknown) => {
        throw clientError(`Unable to create ${called}, got error`, error);
      });
      try {
        await toggle(kind, api, made, planned);
      } catch (error) {
        // What the provider knows by then is the id alone.
        clientError(`Unable to update ${called}, got err`, error, ["enabled"]).problems.forEach(fail);
        return { ...emptied(made), id: idOf(made) };
      }
      return { ...made, enabled: planned["enabled"] ?? null };
    },

    async read(state, api) {
      try {
        return await stateOf(kind, api.ask("GET", `${path}/${idOf(state)}`));
      } catch (error) {
        if (error instanceof Failed && error.message === "404 Not Found") return undefined;
        throw clientError(`Unable to read ${called}, got error`, error);
      }
    },

    async update({ planned }, api) {
      const body = { json: bodyOf(kind, planned) };
      const changed = await stateOf(kind, api.ask("PUT", `${path}/${idOf(planned)}`, body)).catch(
        (error: unknown) => {
          throw clientError(`Unable to update ${called}, got error`, error);
        },
      );
      await toggle(kind, api, changed, planned).catch((error: unknown) => {
        throw clientError(`Unable to update ${called}, got err`, error, ["enabled"]);
      });
      return { ...changed, enabled: planned["enabled"] ?? null };
    },

    async delete(state, api) {
      const gone = await api.ask("DELETE", `${path}/${idOf(state)}`).catch((error: unknown) => {
        throw clientError(`Unable to delete ${called}, got error`, error);
      });
      if (gone !== true) {
        throw new ProviderError({ summary: "Server Error", detail: `Unable to delete ${called}.` });
      }
    },

    async import(text, api) {
      const id = importedId(text);
      const found = await stateOf(kind, api.ask("GET", `${path}/${id}`)).catch((error: unknown) => {
        throw clientError(`Unable to read ${called}, got error`, error);
      });
      return { ...emptied(found), id: idOf(found) };
    },
  };
}

/** stateOf an answer. A host with an access list is expanded in the answer to a write, which the client cannot read. */
export async function stateOf(kind: HostKind, answer: Promise<unknown>): Promise<Attributes> {
  const row = rowOf(await answer, kind.required);
  if (isRow(row["access_list"])) {
    throw new Failed("data failed to match schemas in oneOf(GetProxyHosts200ResponseInnerAccessList)");
  }
  return attributesOf(row, kind.schemas);
}

/** bodyOf a write: every argument of the host but `enabled`, which has calls of its own; no id is 0. */
function bodyOf({ schemas }: HostKind, planned: Attributes): Readonly<Record<string, unknown>> {
  const names = Object.entries(schemas).flatMap(([name, { required, optional }]) =>
    (required === true || optional === true) && name !== "enabled" ? [name] : [],
  );
  return Object.fromEntries(names.map((name) => [name, sent(planned[name] ?? null) ?? 0]));
}

function sent(value: Value): unknown {
  if (value === UNKNOWN) throw new Error("What is sent to the proxy has to be known.");
  if (isList(value)) return value.map(sent);
  if (!isAttributes(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, sent(item)]));
}

async function toggle(
  { path, called }: HostKind,
  api: Api,
  host: Attributes,
  planned: Attributes,
): Promise<void> {
  const wanted = planned["enabled"] === true;
  if (wanted === (host["enabled"] === true)) return;
  const verb = wanted ? "enable" : "disable";
  const done = await api.ask("POST", `${path}/${idOf(host)}/${verb}`);
  if (done !== true) throw new Failed(`unable to ${verb} ${called}`);
}

function emptied(state: Attributes): Attributes {
  return Object.fromEntries(Object.keys(state).map((name) => [name, null]));
}
