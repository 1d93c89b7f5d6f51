import { apiVersionOf } from "../../store/kind";
import type { Api } from "../../store/api";
import { defaultAccount } from "../../store/seed";
import { changed, type Controller } from "../controller";

/** namespaceController gives a new namespace its default service account, and empties one that is deleted. */
export function namespaceController(api: Api): Controller {
  return {
    name: "namespace-controller",
    concerned(change) {
      const object = changed(change);
      if (object.kind === "Namespace" && object.apiVersion === "v1") return [object.metadata.name];
      const home = object.metadata.namespace;
      const isGoing = home !== undefined && change.after === undefined;
      const namespace = isGoing ? api.reader.find("Namespace", home) : undefined;
      return namespace?.metadata.deletionTimestamp === undefined ? [] : [namespace.metadata.name];
    },
    reconcile(name, desk) {
      const namespace = desk.find("v1", "Namespace", name);
      if (namespace === undefined) return undefined;
      if (namespace.metadata.deletionTimestamp === undefined) {
        if (namespace["status"] === undefined) desk.setStatus(namespace, { phase: "Active" });
        if (desk.find("v1", "ServiceAccount", "default", name) === undefined)
          desk.create(defaultAccount(name));
        return undefined;
      }
      const content = api.kinds
        .all()
        .filter((kind) => kind.namespaced && kind.version === kind.storageVersion)
        .flatMap((kind) => desk.every(apiVersionOf(kind), kind.kind, name));
      for (const object of content) if (object.metadata.deletionTimestamp === undefined) desk.remove(object);
      const isEmpty = content.every((object) => desk.again(object) === undefined);
      const finalizers = namespace.metadata.finalizers ?? [];
      if (isEmpty && finalizers.length === 0) desk.vanish(namespace);
      return undefined;
    },
  };
}
