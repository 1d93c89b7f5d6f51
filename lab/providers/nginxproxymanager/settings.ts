import { oneOf } from "../protocol/check";
import type { Resource } from "../protocol/resource";
import { isAttributes, type Attributes } from "../protocol/value";
import { type Api, clientError } from "./api";
import { isRow, type Row, rowsOf } from "./row";

/** settings: what a visitor gets who asks for a name that no host has. They have no id, and cannot be deleted. */
export const settings: Resource<Api> = {
  attributes: {
    default_site: {
      keeps: true,
      nested: { page: { checks: [oneOf(["congratulations", "404", "444", "redirect", "html"])] } },
    },
  },
  create: ({ planned }, api) => written(planned, api),
  update: ({ planned }, api) => written(planned, api),
  read: (_, api) => present(api),
  delete(_state, _api, { warn }) {
    warn({
      summary: "Settings not changed",
      detail: "The settings resource has been removed, but the settings have not been changed.",
    });
  },
};

async function written(planned: Attributes, api: Api): Promise<Attributes> {
  const site = planned["default_site"] ?? null;
  if (isAttributes(site)) {
    const json = {
      value: textOf(site, "page"),
      meta: { redirect: textOf(site, "redirect"), html: textOf(site, "html") },
    };
    await api.ask("PUT", "/settings/default-site", { json }).catch((error: unknown) => {
      throw clientError("Unable to update setting, got error", error, ["default_site"]);
    });
  }
  return present(api);
}

async function present(api: Api): Promise<Attributes> {
  const rows = await api
    .ask("GET", "/settings")
    .then((answer) => rowsOf(answer, ["id", "name", "description", "value", "meta"]))
    .catch((error: unknown) => {
      throw clientError("Unable to read settings, got error", error);
    });
  const site = rows.find(({ id }) => id === "default-site");
  return { default_site: site === undefined ? null : siteOf(site) };
}

function siteOf({ value, meta }: Row): Attributes {
  const given = isRow(meta) ? meta : {};
  const told = (name: string): string | null => (name in given ? String(given[name]) : null);
  return { page: typeof value === "string" ? value : null, redirect: told("redirect"), html: told("html") };
}

function textOf(site: Attributes, name: string): string {
  const value = site[name];
  return typeof value === "string" ? value : "";
}
