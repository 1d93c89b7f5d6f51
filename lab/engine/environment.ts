import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * scratchEnvironment is all that a rehearsed program knows of this machine: programs by their usual places,
 * folders under `scratch`, and nothing of the operator's: no credential, no proxy setting, no home.
 */
export async function scratchEnvironment(scratch: string): Promise<Record<string, string>> {
  const home = join(scratch, "home");
  const temporary = join(scratch, "tmp");
  await Promise.all([home, temporary].map((folder) => mkdir(folder, { recursive: true })));
  return {
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: home,
    TMPDIR: temporary,
    LANG: "C.UTF-8",
    TZ: "UTC",
    CI: "true",
    NO_COLOR: "1",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  };
}

/** operatorEnvironment is the operator's own, for what is fetched before the lab exists; settings of Terraform runs stay out. */
export function operatorEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined) continue;
    if (name.startsWith("TF_") && name !== "TF_CLI_CONFIG_FILE") continue;
    environment[name] = value;
  }
  return environment;
}
