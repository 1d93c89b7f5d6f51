import { referenceTo } from "../../../lab/kubernetes/client";
import type { Cluster } from "../../../lab/providers/helm/cluster";
import { HelmFailure } from "../../../lab/providers/helm/failure";
import type { KubernetesObjectLike, ObjectReference } from "../../../lab/kubernetes/contract";
import { objectAt, textAt } from "../../../lab/kubernetes/json";

/** FakeCluster keeps objects and what was done to them; `live` says what becomes of an object that is written. */
export class FakeCluster implements Cluster {
  readonly objects = new Map<string, KubernetesObjectLike>();
  readonly done: string[] = [];
  /** live makes the status that controllers would make. */
  live: (object: KubernetesObjectLike) => KubernetesObjectLike = ready;

  constructor(...namespaces: readonly string[]) {
    for (const name of namespaces) this.put({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }

  put(object: KubernetesObjectLike): void {
    this.objects.set(key(referenceTo(object)), object);
  }

  names(kind: string): string[] {
    return [...this.objects.values()]
      .filter((each) => each.kind === kind)
      .map(({ metadata }) => metadata.name);
  }

  serves(apiVersion: string, kind: string): Promise<boolean> {
    const [group] = apiVersion.split("/");
    const defined = [...this.objects.values()].some(
      (crd) =>
        crd.kind === "CustomResourceDefinition" &&
        textAt(crd, "spec", "group") === group &&
        textAt(crd, "spec", "names", "kind") === kind,
    );
    return Promise.resolve(defined || !customGroups.test(apiVersion));
  }

  get(reference: ObjectReference): Promise<KubernetesObjectLike | undefined> {
    return Promise.resolve(this.objects.get(key(reference)));
  }

  secrets(namespace: string, labels: Readonly<Record<string, string>>): Promise<KubernetesObjectLike[]> {
    return Promise.resolve(
      [...this.objects.values()].filter(
        ({ kind, metadata }) =>
          kind === "Secret" &&
          metadata.namespace === namespace &&
          Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value),
      ),
    );
  }

  async create(object: KubernetesObjectLike): Promise<KubernetesObjectLike> {
    if ((await this.get(referenceTo(object))) !== undefined) throw new HelmFailure("already exists");
    return this.write("create", object);
  }

  apply(object: KubernetesObjectLike): Promise<KubernetesObjectLike> {
    return Promise.resolve(this.write("apply", object));
  }

  delete(reference: ObjectReference): Promise<void> {
    this.done.push(`delete ${reference.kind} ${reference.name}`);
    this.objects.delete(key(reference));
    return Promise.resolve();
  }

  private write(how: string, object: KubernetesObjectLike): KubernetesObjectLike {
    this.done.push(`${how} ${object.kind} ${object.metadata.name}`);
    const shown = this.live({ ...object, metadata: { ...object.metadata, generation: 1 } });
    this.put(shown);
    return shown;
  }
}

const customGroups = /^(traefik|metallb|cert-manager|gateway\.networking)\./;

function key({ apiVersion, kind, namespace = "", name }: ObjectReference): string {
  return [apiVersion.split("/").at(-2) ?? "", kind, namespace, name].join(" ");
}

/** ready at once, as when every controller had done its work; a LoadBalancer has no address yet. */
function ready(object: KubernetesObjectLike): KubernetesObjectLike {
  const spec = objectAt(object, "spec");
  const replicas = spec["replicas"] ?? 1;
  switch (object.kind) {
    case "Deployment":
      return {
        ...object,
        status: { observedGeneration: 1, updatedReplicas: replicas, readyReplicas: replicas },
      };
    case "DaemonSet":
      return {
        ...object,
        status: {
          observedGeneration: 1,
          desiredNumberScheduled: 4,
          updatedNumberScheduled: 4,
          numberReady: 4,
        },
      };
    case "Service":
      return { ...object, spec: { ...spec, clusterIP: "172.30.0.7" } };
    case "CustomResourceDefinition":
      return { ...object, status: { conditions: [{ type: "Established", status: "True" }] } };
    default:
      return object;
  }
}

/** addressed gives a LoadBalancer its address, as MetalLB does once it has a pool. */
export function addressed(object: KubernetesObjectLike): KubernetesObjectLike {
  const shown = ready(object);
  return shown.kind === "Service" && textAt(shown, "spec", "type") === "LoadBalancer"
    ? { ...shown, status: { loadBalancer: { ingress: [{ ip: "192.168.0.240" }] } } }
    : shown;
}
