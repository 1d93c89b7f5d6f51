import type { KubernetesObjectLike } from "../contract";
import { builtIn } from "./built-in/kinds";
import { apiVersionOf, type Kind } from "./kind";

/** Kinds are what the API knows now: the built-in ones and those of established CustomResourceDefinitions. */
export class Kinds {
  private readonly custom = new Map<string, readonly Kind[]>();

  all(): readonly Kind[] {
    return [...builtIn, ...[...this.custom.values()].flat()];
  }

  /** define gives a CustomResourceDefinition's kinds; none takes them away. */
  define(definition: string, kinds: readonly Kind[]): void {
    if (kinds.length === 0) this.custom.delete(definition);
    else this.custom.set(definition, kinds);
  }

  byResource(group: string, version: string, plural: string): Kind | undefined {
    return this.all().find(
      (kind) => kind.group === group && kind.version === version && kind.plural === plural,
    );
  }

  byName(apiVersion: string, name: string): Kind | undefined {
    return this.all().find((kind) => kind.kind === name && apiVersionOf(kind) === apiVersion);
  }

  /** stored is the version of a kind that the store keeps. */
  stored(kind: Kind): Kind {
    return this.byResource(kind.group, kind.storageVersion, kind.plural) ?? kind;
  }

  of(object: KubernetesObjectLike): Kind | undefined {
    return this.byName(object.apiVersion, object.kind);
  }
}
