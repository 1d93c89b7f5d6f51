import excerpt from "../../../schemas/helm.json";
import type { Provider } from "../protocol/provider";
import { readSchema } from "../protocol/schema";
import { connect } from "./connect";
import { helmRelease } from "./release";
import { Helm, type HelmOptions } from "./releases";

export type { HelmOptions };

const source = "hashicorp/helm";

/** helmProvider with the lab's renderings of charts behind it. */
export function helmProvider(options: HelmOptions): Provider<Helm> {
  return {
    source,
    schema: readSchema(excerpt, source),
    resources: { helm_release: helmRelease },
    configure: (config, environment) => new Helm(connect(config, environment), options),
  };
}
