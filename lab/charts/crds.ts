import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubernetesObjectLike } from "../kubernetes/contract";
import { type CrdBundle, type MinimalCrd, minimalCrds } from "./minimal-crds";

/** Crds gives each chart its custom resources: the published ones where a folder has them, else minimal ones. */
export interface Crds {
  of(bundle: CrdBundle): readonly KubernetesObjectLike[];
  /** minimal names the charts whose custom resources the API of the lab does not check. */
  readonly minimal: readonly CrdBundle[];
}

/** readCrds looks for published CustomResourceDefinitions in a folder of YAML files. */
export function readCrds(folder?: string): Crds {
  const published = folder === undefined ? new Map<string, KubernetesObjectLike>() : crdsIn(folder);
  const isPublished = (crd: MinimalCrd): boolean => published.has(nameOf(crd));
  return {
    of: (bundle) => minimalCrds[bundle].map((crd) => published.get(nameOf(crd)) ?? minimalObject(crd)),
    minimal: bundles.filter((bundle) => !minimalCrds[bundle].every(isPublished)),
  };
}

const bundles = ["metallb", "traefik", "gateway-api", "cert-manager", "istio"] as const;

function crdsIn(folder: string): Map<string, KubernetesObjectLike> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const documents = files.flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")));
  const objects = documents
    .map((document): unknown => document.toJS())
    .filter((content) => content !== null)
    .map((content) => definition.parse(content));
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

const definition = z
  .object({
    apiVersion: z.literal("apiextensions.k8s.io/v1"),
    kind: z.literal("CustomResourceDefinition"),
    metadata: z.object({ name: z.string() }).catchall(z.json()),
  })
  .catchall(z.json());

function minimalObject(crd: MinimalCrd): KubernetesObjectLike {
  const [stored] = crd.versions;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: nameOf(crd) },
    spec: {
      group: crd.group,
      names: {
        kind: crd.kind,
        listKind: `${crd.kind}List`,
        plural: crd.plural,
        singular: crd.kind.toLowerCase(),
      },
      scope: crd.scope,
      versions: crd.versions.map((name) => ({
        name,
        served: true,
        storage: name === stored,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        ...(crd.status && { subresources: { status: {} } }),
      })),
    },
  };
}

function nameOf({ plural, group }: MinimalCrd): string {
  return `${plural}.${group}`;
}
