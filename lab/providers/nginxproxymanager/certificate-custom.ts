import { ProviderError } from "../protocol/problem";
import type { Resource } from "../protocol/resource";
import type { Attributes } from "../protocol/value";
import { type Api, clientError, Failed } from "./api";
import { idOf, importedId } from "./id";
import { attributesOf, isRow, type Row, rowOf } from "./row";
import { attributesOfResource } from "./schema";

const path = "/nginx/certificates";

/** certificateCustom brings a certificate along: judged by the proxy, created by name, then uploaded. */
export const certificateCustom: Resource<Api> = {
  attributes: {
    id: { keeps: true },
    created_on: { keeps: true },
    owner_user_id: { keeps: true },
    name: { replaces: true },
    certificate: { replaces: true },
    certificate_key: { replaces: true },
  },

  async create({ planned, fail }, api) {
    const files = {
      certificate: textOf(planned, "certificate"),
      certificate_key: textOf(planned, "certificate_key"),
    };
    await judged(api, files).catch(because("validate"));
    const request = { json: { provider: "other", nice_name: planned["name"] ?? null } };
    const { id } = await api
      .ask("POST", path, request)
      .then((answer) => rowOf(answer, requiredOfCertificate))
      .catch(because("create"));
    try {
      await api.ask("POST", `${path}/${String(id)}/upload`, { files }).catch(because("upload"));
      return stateOf(await rowAt(api, Number(id)));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // What the provider knows by then is the id alone.
      error.problems.forEach(fail);
      return { ...unknownButId, id: Number(id) };
    }
  },

  async read(state, api) {
    try {
      return stateOf(rowOf(await api.ask("GET", `${path}/${idOf(state)}`), requiredOfCertificate));
    } catch (error) {
      if (error instanceof Failed && error.message === "404 Not Found") return undefined;
      return because("read")(error);
    }
  },

  async delete(state, api) {
    const gone = await api.ask("DELETE", `${path}/${idOf(state)}`).catch(because("delete"));
    if (gone !== true) {
      throw new ProviderError({ summary: "Server Error", detail: "Unable to delete certificate." });
    }
  },

  async import(text, api) {
    const row = await rowAt(api, importedId(text));
    if (row["provider"] !== "other") {
      throw new ProviderError({
        summary: "Client Error",
        detail: `The certificate is not a custom certificate, got provider: ${String(row["provider"])}`,
      });
    }
    return { ...unknownButId, id: Number(row["id"]) };
  },
};

/** requiredOfCertificate by the provider's client. */
export const requiredOfCertificate: readonly string[] = [
  "id",
  "created_on",
  "modified_on",
  "owner_user_id",
  "provider",
  "nice_name",
  "domain_names",
  "expires_on",
  "meta",
];

const schemas = attributesOfResource("certificate_custom");

const unknownButId = Object.fromEntries(Object.keys(schemas).map((name) => [name, null]));

async function rowAt(api: Api, id: number): Promise<Row> {
  return api
    .ask("GET", `${path}/${id}`)
    .then((answer) => rowOf(answer, requiredOfCertificate))
    .catch(because("read"));
}

/** judged by the proxy; the client cannot read what it says of a certificate without a subject. */
async function judged(api: Api, files: Readonly<Record<string, string>>): Promise<void> {
  const found = rowOf(await api.ask("POST", `${path}/validate`, { files }), [
    "certificate",
    "certificate_key",
  ]);
  rowOf(found["certificate"], ["cn", "issuer", "dates"]);
}

/** stateOf a row: who may not see certificates' contents gets none of them. */
function stateOf(row: Row): Attributes {
  const meta = isRow(row["meta"]) ? row["meta"] : {};
  const contents = ["certificate", "certificate_key"].map((name): [string, string | null] => {
    const text = meta[name];
    return [name, typeof text === "string" ? text : null];
  });
  return { ...attributesOf({ ...row, name: row["nice_name"] }, schemas), ...Object.fromEntries(contents) };
}

function textOf(planned: Attributes, name: string): string {
  const value = planned[name];
  return typeof value === "string" ? value : "";
}

function because(verb: string): (error: unknown) => never {
  return (error) => {
    throw clientError(`Unable to ${verb} certificate, got error`, error);
  };
}
