import type { Step } from "../document";
import { paths } from "../paths";

/** RKE2's config.yaml. It holds no secret, only the names of files that do. */
export function configuration(config: string): Step {
  return { files: [{ path: paths.config, permissions: "0600", content: config }] };
}
