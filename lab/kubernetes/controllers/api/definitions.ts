import type { Api } from "../../store/api";
import { timestamp } from "../../store/api";
import { establishedStatus, isEstablished, kindsOf } from "../../store/custom/definition";
import { changed, type Controller } from "../controller";

const cleanup = "customresourcecleanup.apiextensions.k8s.io";
const group = "apiextensions.k8s.io/v1";
const kind = "CustomResourceDefinition";

/** establishMs between a CustomResourceDefinition and its kinds, short here and never nothing. */
const establishMs = 20;

/** definitionController establishes CustomResourceDefinitions, and with one that is deleted all its objects go. */
export function definitionController(api: Api): Controller {
  const seen = new Set<string>();
  return {
    name: "crd-establisher",
    concerned(change) {
      const object = changed(change);
      if (change.kind.custom !== undefined && change.after === undefined)
        return [`${change.kind.plural}.${change.kind.group}`];
      return object.kind === kind ? [object.metadata.name] : [];
    },
    reconcile(name, desk) {
      const definition = desk.find(group, kind, name);
      if (definition === undefined) {
        seen.delete(name);
        api.kinds.define(name, []);
        return undefined;
      }
      const { finalizers = [], deletionTimestamp } = definition.metadata;
      if (deletionTimestamp !== undefined) {
        const kinds = kindsOf(definition);
        const [stored] = kinds.filter(({ version, storageVersion }) => version === storageVersion);
        const objects = stored === undefined ? [] : api.store.list(stored);
        for (const object of objects)
          if (object.metadata.deletionTimestamp === undefined) desk.remove(object);
        if (stored !== undefined && api.store.list(stored).length > 0) return undefined;
        desk.update({
          ...definition,
          metadata: { ...definition.metadata, finalizers: finalizers.filter((one) => one !== cleanup) },
        });
        return undefined;
      }
      if (!seen.has(name)) {
        seen.add(name);
        return establishMs;
      }
      if (!finalizers.includes(cleanup)) {
        desk.update({
          ...definition,
          metadata: { ...definition.metadata, finalizers: [...finalizers, cleanup] },
        });
        return undefined;
      }
      api.kinds.define(name, kindsOf(definition));
      if (!isEstablished(definition)) desk.setStatus(definition, establishedStatus(definition, timestamp()));
      return undefined;
    },
  };
}
