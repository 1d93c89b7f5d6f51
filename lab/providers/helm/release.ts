import { z } from "zod";
import { type Problem, ProviderError } from "../protocol/problem";
import type { Change, Planned, Resource } from "../protocol/resource";
import { type Attributes, sameValue, UNKNOWN } from "../protocol/value";
import { FailedRelease, HelmFailure } from "./failure";
import type { ReleaseRecord } from "./record";
import type { Helm, Order } from "./releases";
import { sortedJson, valuesOf } from "./values";

const offByDefault = [
  "atomic",
  "cleanup_on_fail",
  "create_namespace",
  "dependency_update",
  "disable_crd_hooks",
  "disable_openapi_validation",
  "disable_webhooks",
  "force_update",
  "lint",
  "pass_credentials",
  "recreate_pods",
  "replace",
  "reset_values",
  "reuse_values",
  "skip_crds",
  "take_ownership",
  "upgrade_install",
  "verify",
  "wait_for_jobs",
];

/**
 * helmRelease as hashicorp/helm does it, with the lab's renderings in place of charts.
 * Source: terraform-provider-helm v3.1.1 helm/resource_helm_release.go
 */
export const helmRelease: Resource<Helm> = {
  attributes: {
    ...Object.fromEntries(offByDefault.map((name) => [name, { default: false }])),
    name: { replaces: true },
    namespace: { default: "default", replaces: true },
    wait: { default: true },
    render_subchart_notes: { default: true },
    timeout: { default: 300 },
    max_history: { default: 0 },
  },
  validate: (config) => [
    ...notPlayed.filter((name) => isAsked(config, name)).map(unplayed),
    ...(config["version"] === null ? [unplayed("the newest version")] : []),
  ],
  plan: (change, helm) => planned(change, helm),
  async create({ planned: wanted, warn }, helm) {
    const order = orderOf(wanted);
    try {
      return stateOf(wanted, await helm.install(order));
    } catch (error) {
      if (!(error instanceof FailedRelease)) throw refusal("installation failed", "", error);
      warn(createdWithWarnings(order.release.name));
      throw refusal("Helm release error", "", error);
    }
  },
  async read(state, helm) {
    const last = await helm.last(orderOf(state).release).catch(gone);
    return last && stateOf(state, last);
  },
  async update({ planned: wanted }, helm) {
    const release = await inWords("Error upgrading chart", "Upgrade failed: ", () =>
      helm.upgrade(orderOf(wanted)),
    );
    return stateOf(wanted, release);
  },
  async delete(state, helm) {
    const order = orderOf(state);
    const prefix = `Unable to uninstall Helm release ${order.release.name}: `;
    await inWords("Error uninstalling release", prefix, () => helm.uninstall(order.release, order));
  },
};

/** notPlayed, attributes that would change what a chart becomes or how it is applied in ways that the lab has not. */
const notPlayed = [
  "set",
  "set_list",
  "set_sensitive",
  "set_wo",
  "postrender",
  "devel",
  "dependency_update",
  "disable_webhooks",
  "force_update",
  "lint",
  "recreate_pods",
  "replace",
  "reuse_values",
  "take_ownership",
  "upgrade_install",
  "verify",
];

function isAsked(config: Attributes, name: string): boolean {
  const value = config[name] ?? null;
  return value !== null && value !== false;
}

function unplayed(name: string): Problem {
  return {
    summary: "Not played by the lab",
    detail: `The lab's stand-in for hashicorp/helm does not know what a release does with ${name}.`,
  };
}

/** gone: the provider takes a cluster that does not answer for one that has no such release. */
function gone(error: unknown): undefined {
  if (!(error instanceof HelmFailure)) throw error;
}

/** planned, as the provider plans: the version is the chart's, and everything is going to be deployed. */
function planned({ prior, config, planned: proposed }: Change, helm: Helm): Planned {
  const order = known(proposed);
  if (order !== undefined) {
    try {
      helm.check(order);
    } catch (error) {
      throw refusal("Error locating chart", "", error);
    }
  }
  const result: Record<string, Attributes[string]> = {
    ...proposed,
    description: config["description"] || (prior?.["description"] ?? null),
    status: "deployed",
    manifest: null,
    resources: null,
  };
  if (prior === undefined || !sameValue(result, prior)) result["metadata"] = UNKNOWN;
  return { planned: result, replaces: [] };
}

/** known order, when everything that it is rendered from is known while planning. */
function known(proposed: Attributes): Order | undefined {
  return asked.safeParse(proposed).success ? orderOf(proposed) : undefined;
}

const asked = z.object({
  name: z.string(),
  namespace: z.string(),
  repository: z.string().nullable(),
  chart: z.string(),
  version: z.string(),
  values: z.array(z.string().nullable()).nullable(),
  create_namespace: z.boolean(),
  skip_crds: z.boolean(),
  wait: z.boolean(),
  wait_for_jobs: z.boolean(),
  timeout: z.number(),
  atomic: z.boolean(),
  cleanup_on_fail: z.boolean(),
  max_history: z.number(),
});

function orderOf(attributes: Attributes): Order {
  const given = asked.parse(attributes);
  const { name, namespace, repository, chart, version, values } = given;
  return {
    release: { name, namespace },
    chart: { repository: repository ?? "", chart, version },
    values: valuesOf((values ?? []).filter((document) => document !== null)),
    createNamespace: given.create_namespace,
    skipCrds: given.skip_crds,
    wait: given.wait,
    waitForJobs: given.wait_for_jobs,
    timeout: given.timeout,
    atomic: given.atomic,
    cleanupOnFail: given.cleanup_on_fail,
    maxHistory: given.max_history,
  };
}

/** stateOf a release; a leading v of the version stays as it was written. */
function stateOf(attributes: Attributes, release: ReleaseRecord): Attributes {
  const { name, namespace, version: revision, info, chart, config } = release;
  const bare = (version: unknown): string => String(version).replace(/^v/, "");
  const isSame = bare(attributes["version"]) === bare(chart.version);
  return {
    ...attributes,
    id: name,
    name,
    namespace,
    status: info.status,
    version: isSame ? (attributes["version"] ?? null) : chart.version,
    manifest: null,
    resources: null,
    metadata: {
      name,
      namespace,
      revision,
      chart: chart.name,
      version: chart.version,
      app_version: chart.appVersion,
      values: sortedJson(config),
      first_deployed: info.first_deployed,
      last_deployed: info.last_deployed,
      notes: "",
    },
  };
}

async function inWords<T>(summary: string, prefix: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw refusal(summary, prefix, error);
  }
}

/** createdWithWarnings: the provider leaves such a release out of its state, and the next apply fails by its name. */
function createdWithWarnings(name: string): Problem {
  return {
    summary: "Helm release created with warnings",
    detail:
      `Helm release "${name}" was created but has a failed status. Use the \`helm\` command to investigate ` +
      "the error, correct it, then run Terraform again.",
  };
}

function refusal(summary: string, prefix: string, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  return new ProviderError({ summary, detail: `${prefix}${error.message}` });
}
