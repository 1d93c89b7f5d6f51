import type { KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, numberAt, objectAt, textAt } from "../../json";
import { suffix, timestamp } from "../../store/api";
import { changed, type Controller, readKey } from "../controller";
import { withCondition } from "../desk";
import { isActive, podOf } from "./pod-of";
import { workloadKeys } from "./replica-set";
import { controllerOf } from "../desk";

/** jobController runs a Job's pods until enough have ended well; containers of the lab always do. */
export const jobController: Controller = {
  name: "job-controller",
  concerned(change, desk) {
    const object = changed(change);
    const owner = controllerOf(object.metadata.ownerReferences);
    if (object.kind === "Pod")
      return owner?.kind === "Job" ? [`${object.metadata.namespace ?? ""}/${owner.name}`] : [];
    return object.kind === "Job" ? workloadKeys("Job", object, desk) : [];
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const job = desk.find("batch/v1", "Job", name, namespace);
    if (job === undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
    const known = isObject(at(job, "spec", "selector")) ? job : desk.update(withSelector(job));
    const pods = desk.ownedBy(known, "v1", "Pod");
    const succeeded = pods.filter((pod) => textAt(pod, "status", "phase") === "Succeeded").length;
    const active = pods.filter(isActive);
    const parallel = numberAt(known, "spec", "parallelism") ?? 1;
    const wanted = numberAt(known, "spec", "completions") ?? parallel;
    const isDone = succeeded >= wanted;
    const room =
      at(known, "spec", "suspend") === true ? 0 : Math.min(parallel, wanted - succeeded) - active.length;
    for (let made = 0; made < room; made++) desk.create(podOf(known, `${name}-${suffix()}`));
    const running = desk.ownedBy(known, "v1", "Pod").filter(isActive).length;
    const started = textAt(known, "status", "startTime") ?? timestamp();
    desk.setStatus(known, {
      startTime: started,
      ...(running > 0 ? { active: running, ready: 0 } : { ready: 0 }),
      ...(succeeded > 0 ? { succeeded } : {}),
      terminating: 0,
      uncountedTerminatedPods: {},
      ...(isDone
        ? {
            completionTime: textAt(known, "status", "completionTime") ?? timestamp(),
            conditions: ["SuccessCriteriaMet", "Complete"].reduce<ReturnType<typeof withCondition>>(
              (conditions, type) =>
                withCondition(conditions, {
                  type,
                  status: "True",
                  reason: "CompletionsReached",
                  message: "Reached expected number of succeeded pods",
                }),
              listAt(known, "status", "conditions"),
            ),
          }
        : {}),
    });
    return undefined;
  },
};

/** withSelector: a Job's pods are found by its uid, on the Job and on its template. */
function withSelector(job: KubernetesObjectLike): KubernetesObjectLike {
  const uid = job.metadata.uid ?? "";
  const spec = objectAt(job, "spec");
  const labels = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": job.metadata.name,
  };
  const template = objectAt(spec, "template");
  const metadata = objectAt(template, "metadata");
  return {
    ...job,
    spec: {
      ...spec,
      selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
      template: {
        ...template,
        metadata: { ...metadata, labels: { ...objectAt(metadata, "labels"), ...labels } },
      },
    },
  };
}
