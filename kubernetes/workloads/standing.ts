import type {
  DaemonSet,
  Deployment,
  StatefulSet,
  VolumeClaim,
  WorkloadService,
} from "../../config/model/services";
import { metadataOf } from "../metadata";
import type { Json, KubernetesObject } from "../object";
import { omitEmpty } from "../omit-empty";
import { portObjects } from "../services/ports";
import type { Inputs } from "./inputs";
import { podTemplate } from "./pod";
import { storageQuantity } from "./quantity";
import { selectorObject } from "./selector";

export function deploymentObject(
  service: WorkloadService,
  workload: Deployment,
  inputs: Inputs,
): KubernetesObject {
  const { pod, selector, strategy } = workload;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(service),
    spec: {
      replicas: workload.replicas,
      revisionHistoryLimit: workload.revisionHistoryLimit,
      minReadySeconds: omitEmpty(workload.minReadySeconds),
      progressDeadlineSeconds: workload.progressDeadlineSeconds,
      strategy:
        strategy.type === "Recreate"
          ? { type: "Recreate" }
          : {
              type: "RollingUpdate",
              rollingUpdate: { maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable },
            },
      selector: selectorObject(selector),
      template: podTemplate({
        pod,
        namespace: service.namespace,
        inputs,
        spread: { selector, revisionLabel: "pod-template-hash" },
      }),
    },
  };
}

export function statefulSetObject(
  service: WorkloadService,
  workload: StatefulSet,
  inputs: Inputs,
): KubernetesObject {
  const { pod, selector } = workload;
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: metadataOf(service),
    spec: {
      replicas: workload.replicas,
      serviceName: governingName(service),
      selector: selectorObject(selector),
      template: podTemplate({ pod, namespace: service.namespace, inputs, spread: { selector } }),
      volumeClaimTemplates: omitEmpty(Object.entries(workload.claims).map(claimTemplate)),
    },
  };
}

export function daemonSetObject(
  service: WorkloadService,
  workload: DaemonSet,
  inputs: Inputs,
): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: metadataOf(service),
    spec: {
      updateStrategy: {
        type: "RollingUpdate",
        rollingUpdate: { maxUnavailable: workload.maxUnavailable },
      },
      selector: selectorObject(workload.selector),
      template: podTemplate({ pod: workload.pod, namespace: service.namespace, inputs }),
    },
  };
}

/**
 * governingService names each pod of a StatefulSet (`db-0.db-headless`), before it is ready too: pods that need each
 * other to become ready could never find each other else. A service that is headless itself is its own.
 */
export function governingService(service: WorkloadService, { selector }: StatefulSet): KubernetesObject[] {
  if (service.exposure?.type === "headless") return [];
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadataOf(service, governingName(service)),
      spec: {
        type: "ClusterIP",
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: selector.matchLabels,
        ports: omitEmpty(portObjects(service.exposure?.ports ?? [])),
      },
    },
  ];
}

function governingName({ name, exposure }: WorkloadService): string {
  return exposure?.type === "headless" ? name : `${name}-headless`;
}

function claimTemplate([name, claim]: [string, VolumeClaim]): Json {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name },
    spec: {
      accessModes: [claim.accessMode],
      storageClassName: claim.storageClass,
      resources: { requests: { storage: storageQuantity(claim.size) } },
    },
  };
}
