import type { Accounts } from "../api/accounts";
import type { Expansions } from "../api/expand";
import type { Configuration } from "../nginx/configuration";
import type { DataFolder } from "../nginx/data-folder";
import type { Database } from "../rows/database";
import type { Installed } from "../version";

/** RouteParts, what the routes act on. */
export interface RouteParts {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly expansions: Expansions;
  readonly configuration: Configuration;
  readonly files: DataFolder;
  readonly installed: Installed;
}
