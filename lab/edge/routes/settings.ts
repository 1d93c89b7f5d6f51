import { type Answer, type Call, ok, type Route } from "../api/route";
import type { DefaultSite } from "../rows/database";
import { fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import type { RouteParts } from "./parts";

const readPut = reader(ajv.compile<Partial<DefaultSite>>(updating(fields.defaultSite)));

/** settingRoutes: only an administrator reads or changes them, no permission allows it to others. */
export function settingRoutes({ database, accounts, configuration }: RouteParts): readonly Route[] {
  const path = "/settings/default-site";

  return [
    { method: "GET", path, run: get },
    { method: "PUT", path, run: update },
    {
      method: "GET",
      path: "/settings",
      run: (call) => {
        accounts.requireAdmin(call.isLoggedIn);
        return ok([setting()]);
      },
    },
  ];

  function get(call: Call): Answer {
    accounts.requireAdmin(call.isLoggedIn);
    return ok(setting());
  }

  /** update answers nothing at all, with status 200, when nginx refuses the file: it is taken away again. */
  async function update(call: Call): Promise<Answer> {
    const given = readPut(call.body);
    accounts.requireAdmin(call.isLoggedIn);
    database.defaultSite = { ...database.defaultSite, ...given };
    const taken = await configuration.configureDefaultSite(database.defaultSite);
    return ok(taken ? setting() : undefined);
  }

  function setting() {
    return {
      id: "default-site",
      name: "Default Site",
      description: "What to show when Nginx is hit with an unknown Host",
      ...database.defaultSite,
    };
  }
}
