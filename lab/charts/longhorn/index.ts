import { stringify } from "yaml";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer, Release } from "../chart";
import { readValues } from "../read-values";
import { access } from "./access";
import { settingsOf } from "./settings";
import { chartLabels, version } from "./labels";
import { defaults, type LonghornValues, values as schema } from "./values";
import { workloads } from "./workloads";

/** longhorn without the hooks of its templates, and without its interface's ingress. */
export const longhorn: ChartRenderer = {
  repository: "https://charts.longhorn.io",
  chart: "longhorn",
  version,
  appVersion: `v${version}`,
  render(given, release, crds) {
    const values = readValues(`longhorn ${version}`, schema, defaults, given);
    const settings = configMap(
      "longhorn-default-setting",
      "default-setting.yaml",
      settingsOf(values),
      release,
    );
    return {
      crds: [],
      objects: [
        ...crds.of("longhorn").map((crd) => ({
          ...crd,
          metadata: { ...crd.metadata, labels: chartLabels(release) },
        })),
        priorityClass(release),
        ...access(release),
        settings,
        ...(values.persistence.createStorageClass
          ? [configMap("longhorn-storageclass", "storageclass.yaml", storageClassOf(values), release)]
          : []),
        ...workloads(values, release),
      ],
    };
  },
};

/** storageClassOf claims; the program makes it. */
function storageClassOf({ persistence }: LonghornValues): object {
  return {
    kind: "StorageClass",
    apiVersion: "storage.k8s.io/v1",
    metadata: {
      name: "longhorn",
      annotations: { "storageclass.kubernetes.io/is-default-class": String(persistence.defaultClass) },
    },
    provisioner: "driver.longhorn.io",
    allowVolumeExpansion: true,
    reclaimPolicy: persistence.reclaimPolicy,
    volumeBindingMode: persistence.volumeBindingMode,
    parameters: {
      numberOfReplicas: String(persistence.defaultClassReplicaCount),
      staleReplicaTimeout: "30",
      fromBackup: "",
      fsType: persistence.defaultFsType,
      dataLocality: persistence.defaultDataLocality,
      dataEngine: persistence.dataEngine,
    },
  };
}

function configMap(name: string, key: string, content: object, release: Release): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: release.namespace, labels: chartLabels(release) },
    data: { [key]: stringify(content) },
  };
}

function priorityClass(release: Release): KubernetesObjectLike {
  return {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "longhorn-critical", labels: chartLabels(release) },
    globalDefault: false,
    preemptionPolicy: "PreemptLowerPriority",
    value: 1_000_000_000,
  };
}
