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

/** readCrds looks for published CustomResourceDefinitions in a folder of YAML files; a file is parsed when it is asked for. */
export function readCrds(folder?: string): Crds {
  const files = folder === undefined ? [] : filesOf(folder);
  const fileOf = (crd: MinimalCrd): File | undefined =>
    files.find(({ text }) => new RegExp(`^  name: ["']?${nameOf(crd)}["']?$`, "m").test(text));
  return {
    of: (bundle) =>
      minimalCrds[bundle].map((crd) => fileOf(crd)?.definitions().get(nameOf(crd)) ?? minimalObject(crd)),
    minimal: bundles.filter((bundle) => !minimalCrds[bundle].every((crd) => fileOf(crd) !== undefined)),
  };
}

/** bundles with kinds that somebody writes objects of; Longhorn's are its own program's. */
const bundles = [
  "metallb",
  "traefik",
  "gateway-api",
  "cert-manager",
  "istio",
  "system-upgrade-controller",
] as const;

interface File {
  readonly text: string;
  definitions(): ReadonlyMap<string, KubernetesObjectLike>;
}

function filesOf(folder: string): File[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    let parsed: ReadonlyMap<string, KubernetesObjectLike> | undefined;
    return { text, definitions: () => (parsed ??= definitionsIn(text)) };
  });
}

function definitionsIn(text: string): ReadonlyMap<string, KubernetesObjectLike> {
  const documents = parseAllDocuments(text).filter((document) => document.contents !== null);
  const definitions = documents.map((document) => definition.parse(document.toJS()));
  return new Map(definitions.map((crd) => [crd.metadata.name, crd]));
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
