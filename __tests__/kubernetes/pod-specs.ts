import { z } from "zod";
import type { KubernetesObject } from "../../kubernetes/object";

/** podTemplates of the objects that have one, as the API would read them. */
export function podTemplates(objects: readonly KubernetesObject[]): readonly PodTemplate[] {
  return objects.flatMap((object) => {
    const read: unknown = JSON.parse(JSON.stringify(object));
    const standing = templated.safeParse(read);
    if (standing.success) return [standing.data.spec.template];
    const scheduled = jobs.safeParse(read);
    return scheduled.success ? [scheduled.data.spec.jobTemplate.spec.template] : [];
  });
}

export function podSpecs(objects: readonly KubernetesObject[]): readonly PodTemplate["spec"][] {
  return podTemplates(objects).map(({ spec }) => spec);
}

const words = z.record(z.string(), z.string()).default({});
const template = z.looseObject({
  metadata: z.looseObject({ labels: words, annotations: words }),
  spec: z.looseObject({
    securityContext: z.record(z.string(), z.unknown()),
    containers: z.array(z.looseObject({ securityContext: z.record(z.string(), z.unknown()) })),
  }),
});
const templated = z.looseObject({ spec: z.looseObject({ template }) });
const jobs = z.looseObject({
  spec: z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({ template }) }) }),
});

export type PodTemplate = z.infer<typeof template>;
