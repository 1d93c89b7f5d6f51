import type { Json, KubernetesObjectLike } from "../contract";
import { at, isObject, listAt, numberAt, textAt, textsAt } from "../json";
import type { Admission } from "./admission";
import type { Kind } from "./kind";
import { ApiProblem } from "./problem";
import { matchesSelector } from "./selector";
import type { Store } from "./store";

/** Verdict of a webhook on an object, in its own words; undefined = it lets it pass. */
export type Verdict = (object: KubernetesObjectLike, store: Store, kind: Kind) => string | undefined;

/**
 * checkWebhooks refuses a write for which a webhook with failurePolicy Fail is registered whose Service has nobody
 * behind it. A webhook that somebody answers judges as `verdicts` says, by its name; one that has none lets all pass.
 */
export function checkWebhooks(draft: KubernetesObjectLike, admission: Admission): void {
  const { kind, reader, before } = admission;
  if (kind.group === "admissionregistration.k8s.io") return;
  const operation = before === undefined ? "CREATE" : "UPDATE";
  const webhooks = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"].flatMap((name) =>
    reader.every(name).flatMap((configuration) => listAt(configuration, "webhooks")),
  );
  const labels = reader.find("Namespace", draft.metadata.namespace ?? "")?.metadata.labels ?? {};
  for (const webhook of webhooks) {
    const concerns =
      (textAt(webhook, "failurePolicy") ?? "Fail") === "Fail" &&
      listAt(webhook, "rules").some((rule) => covers(rule, kind, operation)) &&
      matchesSelector(at(webhook, "namespaceSelector"), labels) &&
      matchesSelector(at(webhook, "objectSelector"), draft.metadata.labels ?? {});
    const service = at(webhook, "clientConfig", "service");
    if (!concerns || !isObject(service)) continue;
    checkService(webhook, service, admission);
    const name = textAt(webhook, "name") ?? "";
    const denial = admission.verdicts.get(name)?.(draft, admission.store, kind);
    if (denial !== undefined)
      throw new ApiProblem(403, "Forbidden", `admission webhook "${name}" denied the request: ${denial}`);
  }
}

function checkService(webhook: Json, service: Json, { reader }: Admission): void {
  const [name, namespace] = [textAt(service, "name") ?? "", textAt(service, "namespace") ?? ""];
  const url = `https://${name}.${namespace}.svc:${numberAt(service, "port") ?? 443}${textAt(service, "path") ?? ""}`;
  const fail = (why: string): never => {
    const webhookName = textAt(webhook, "name") ?? "";
    const timeout = numberAt(webhook, "timeoutSeconds") ?? 10;
    throw new ApiProblem(
      500,
      "InternalError",
      `Internal error occurred: failed calling webhook "${webhookName}": failed to call webhook: Post "${url}?timeout=${timeout}s": ${why}`,
    );
  };
  if (reader.find("Service", name, namespace) === undefined) fail(`service "${name}" not found`);
  const slices = reader
    .every("EndpointSlice", namespace)
    .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name);
  const isServed = slices.some((slice) =>
    listAt(slice, "endpoints").some((endpoint) => at(endpoint, "conditions", "ready") === true),
  );
  if (!isServed) fail(`no endpoints available for service "${name}"`);
}

function covers(rule: Json, kind: Kind, operation: string): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes("*") || list.includes(value);
  const resources = textsAt(rule, "resources");
  return (
    has(textsAt(rule, "operations"), operation) &&
    has(textsAt(rule, "apiGroups"), kind.group) &&
    has(textsAt(rule, "apiVersions"), kind.version) &&
    (has(resources, kind.plural) || resources.includes("*/*"))
  );
}
