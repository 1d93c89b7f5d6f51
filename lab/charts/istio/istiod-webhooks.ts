import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { labelsOf, pilot } from "./istiod-labels";
import type { IstiodValues } from "./istiod-values";
import { validatedGroups } from "./release";

/** webhooks, by which istiod judges its own objects and puts proxies into pods. */
export function webhooks(values: IstiodValues, release: Release): KubernetesObjectLike[] {
  return [...(values.global.configValidation ? [validator(values, release)] : []), injector(values, release)];
}

function validator({ global }: IstiodValues, release: Release): KubernetesObjectLike {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: {
      name: `istio-validator-${global.istioNamespace}`,
      labels: { ...labelsOf(release), istio: "istiod", "istio.io/rev": "default" },
    },
    webhooks: [
      {
        name: "rev.validation.istio.io",
        clientConfig: { service: { name: "istiod", namespace: global.istioNamespace, path: "/validate" } },
        rules: [
          {
            operations: ["CREATE", "UPDATE"],
            apiGroups: validatedGroups,
            apiVersions: ["*"],
            resources: ["*"],
          },
        ],
        // istiod itself makes it Fail when it answers.
        failurePolicy: "Ignore",
        sideEffects: "None",
        admissionReviewVersions: ["v1"],
        objectSelector: { matchExpressions: [selects("istio.io/rev", "In", "default")] },
      },
    ],
  };
}

function injector(values: IstiodValues, release: Release): KubernetesObjectLike {
  const { namespace } = release;
  const suffix = namespace === "istio-system" ? "" : `-${namespace}`;
  const entry = (prefix: string, namespaces: JsonObject[], objects: JsonObject[]): JsonObject => ({
    name: `${prefix}.sidecar-injector.istio.io`,
    clientConfig: { service: { name: "istiod", namespace, path: "/inject", port: 443 } },
    sideEffects: "None",
    rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
    failurePolicy: "Fail",
    reinvocationPolicy: values.sidecarInjectorWebhook.reinvocationPolicy,
    admissionReviewVersions: ["v1"],
    namespaceSelector: { matchExpressions: namespaces },
    objectSelector: { matchExpressions: objects },
  });
  const unlabelled = [selects("istio.io/rev", "DoesNotExist"), selects("istio-injection", "DoesNotExist")];
  const notRefused = selects("sidecar.istio.io/inject", "NotIn", "false");
  const revision = selects("istio.io/rev", "In", "default");
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: {
      name: `istio-sidecar-injector${suffix}`,
      labels: { ...labelsOf(release), ...pilot, app: "sidecar-injector" },
    },
    webhooks: [
      entry("rev.namespace", [revision, selects("istio-injection", "DoesNotExist")], [notRefused]),
      entry("rev.object", unlabelled, [notRefused, revision]),
      entry("namespace", [selects("istio-injection", "In", "enabled")], [notRefused]),
      entry(
        "object",
        [selects("istio-injection", "DoesNotExist"), selects("istio.io/rev", "DoesNotExist")],
        [selects("sidecar.istio.io/inject", "In", "true"), selects("istio.io/rev", "DoesNotExist")],
      ),
    ],
  };
}

function selects(key: string, operator: string, ...values: string[]): JsonObject {
  return { key, operator, ...(values.length > 0 && { values }) };
}
