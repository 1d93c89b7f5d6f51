import { z } from "zod";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { readValues } from "../read-values";
import { serviceAccount } from "../rbac";
import { istioLabels, repository, validatedGroups, version } from "./release";

/** base brings Istio's custom resources, and a webhook that lets everything pass until istiod has it. */
export const base: ChartRenderer = {
  repository,
  chart: "base",
  version,
  appVersion: version,
  render(given, release, crds) {
    const values = readValues(`istio base ${version}`, schema, defaults, given);
    const namespace = values.global.istioNamespace;
    return {
      crds: [],
      objects: [
        ...crds.of("istio").map((crd) => kept(crd, release)),
        serviceAccount("istio-reader-service-account", namespace, {
          app: "istio-reader",
          release: release.name,
          "app.kubernetes.io/name": "istio-reader",
          ...istioLabels(release, "base"),
        }),
        ...(values.defaultRevision === "" ? [] : [validator(values, release)]),
      ],
    };
  },
};

const schema = z.strictObject({
  global: z.strictObject({ istioNamespace: z.string() }),
  base: z.strictObject({ enableCRDTemplates: z.literal(true), enableIstioConfigCRDs: z.literal(true) }),
  defaultRevision: z.enum(["default", ""]),
});

/** Source: https://github.com/istio/istio/blob/1.30.3/manifests/charts/base/values.yaml */
const defaults = {
  global: { istioNamespace: "istio-system" },
  base: { enableCRDTemplates: true, enableIstioConfigCRDs: true },
  defaultRevision: "default",
};

function kept(crd: KubernetesObjectLike, release: Release): KubernetesObjectLike {
  const annotations = { ...crd.metadata.annotations, "helm.sh/resource-policy": "keep" };
  return { ...crd, metadata: { ...crd.metadata, annotations, labels: istioLabels(release, "base") } };
}

function validator({ global }: z.infer<typeof schema>, release: Release): KubernetesObjectLike {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: {
      name: "istiod-default-validator",
      labels: {
        app: "istiod",
        release: release.name,
        istio: "istiod",
        "istio.io/rev": "default",
        "app.kubernetes.io/name": "istiod",
        ...istioLabels(release, "base"),
      },
    },
    webhooks: [
      {
        name: "validation.istio.io",
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
      },
    ],
  };
}
