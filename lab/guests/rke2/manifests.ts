import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ControlPlane, KubernetesObjectLike } from "../../kubernetes/contract";
import { isKubernetesObject } from "../../kubernetes/json";
import { type KubeVip, readKubeVip } from "./kube-vip";

const folder = "var/lib/rancher/rke2/server/manifests";

/** Manifests are what the servers of a cluster carried in server/manifests, as the lab itself has to know it. */
export class Manifests {
  kubeVip: KubeVip | undefined;
  private readonly objects = new Map<string, KubernetesObjectLike>();

  /** rules, the roles and bindings among them. */
  rules(): readonly unknown[] {
    return [...this.objects.values()].filter(({ apiVersion }) => apiVersion.startsWith("rbac."));
  }

  /** apply what a server carries, as RKE2 does at its start; what cannot be applied is a problem. */
  async apply(root: string, plane: ControlPlane, problem: (text: string) => void): Promise<void> {
    for (const { file, object } of read(root, problem)) {
      const { name, namespace = "" } = object.metadata;
      this.objects.set(`${object.kind} ${namespace}/${name}`, object);
      this.kubeVip = readKubeVip(object, problem) ?? this.kubeVip;
      await plane.apply(object).catch((error: unknown) => {
        problem(`manifest ${file}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  }
}

interface Manifest {
  readonly file: string;
  readonly object: KubernetesObjectLike;
}

function read(root: string, problem: (text: string) => void): readonly Manifest[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path).filter((file) => /\.(ya?ml|json)$/.test(file));
  return files.sort().flatMap((file) =>
    parseAllDocuments(readFileSync(join(path, file), "utf8")).flatMap((document): Manifest[] => {
      if (document.errors[0] !== undefined) problem(`manifest ${file}: ${document.errors[0].message}`);
      const object: unknown = document.toJS();
      if (isKubernetesObject(object)) return [{ file, object }];
      if (object !== null) problem(`manifest ${file}: an object without apiVersion, kind or metadata.name`);
      return [];
    }),
  );
}
