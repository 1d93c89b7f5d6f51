import type { DataSource } from "../protocol/data-source";
import { type Api, clientError } from "./api";
import { requiredOfCertificate } from "./certificate-custom";
import type { HostKind } from "./host-kind";
import { stateOf } from "./host-resource";
import { idOf } from "./id";
import { attributesOf, rowOf, rowsOf } from "./row";
import { schema } from "./schema";

/** oneHost by its id; one that is gone, or that the user may not see, is an error. */
export function oneHost(kind: HostKind): DataSource<Api> {
  return {
    async read(config, api) {
      return stateOf(kind, api.ask("GET", `${kind.path}/${idOf(config)}`)).catch((error: unknown) => {
        throw clientError(`Unable to read ${kind.lookedUp}, got error`, error);
      });
    },
  };
}

/** allHosts of a kind that the user may see; who may see none gets an error and no empty list. */
export function allHosts(kind: HostKind): DataSource<Api> {
  return {
    async read(_config, api) {
      const rows = await api
        .ask("GET", kind.path)
        .then((answer) => rowsOf(answer, kind.required))
        .catch((error: unknown) => {
          throw clientError(`Unable to read ${kind.called}s, got error`, error);
        });
      return { [kind.plural]: rows.map((row) => attributesOf(row, kind.schemas)) };
    },
  };
}

const certificate =
  schema.data_source_schemas["nginxproxymanager_certificates"]?.block.attributes?.["certificates"]
    ?.nested_type?.attributes ?? {};

/** certificates of the proxy, their keys among what is told of them. */
export const certificates: DataSource<Api> = {
  async read(_config, api) {
    const rows = await api
      .ask("GET", "/nginx/certificates")
      .then((answer) => rowsOf(answer, requiredOfCertificate))
      .catch((error: unknown) => {
        throw clientError("Unable to read certificates, got error", error);
      });
    return {
      certificates: rows.map((row) => attributesOf({ ...row, provider_name: row["provider"] }, certificate)),
    };
  },
};

const user = schema.data_source_schemas["nginxproxymanager_user_me"]?.block.attributes ?? {};

/** userMe, the user who is logged in and what he may do. */
export const userMe: DataSource<Api> = {
  async read(_config, api) {
    const row = await api
      .ask("GET", "/users/me?expand=permissions")
      .then((answer) =>
        rowOf(answer, [
          "id",
          "created_on",
          "modified_on",
          "is_disabled",
          "email",
          "name",
          "nickname",
          "roles",
        ]),
      )
      .catch((error: unknown) => {
        throw clientError("Unable to read user, got error", error);
      });
    return attributesOf(row, user);
  },
};

/** version that the proxy says it has. */
export const version: DataSource<Api> = {
  async read(_config, api) {
    const found = await api
      .ask("GET", "/")
      .then((answer) => {
        const row = rowOf(answer, ["status", "version"]);
        return rowOf(row["version"], ["major", "minor", "revision"]);
      })
      .catch((error: unknown) => {
        throw clientError("Unable to read version, got error", error);
      });
    const { major, minor, revision } = found;
    return {
      major: Number(major),
      minor: Number(minor),
      revision: Number(revision),
      version: [major, minor, revision].join("."),
    };
  },
};
