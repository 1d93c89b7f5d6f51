import { z } from "zod";
import type { Objects, Read } from "./objects";
import { type Hop, lost } from "./trace";

export const service = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({
    type: z.string().default("ClusterIP"),
    selector: z.record(z.string(), z.string()).optional(),
    externalName: z.string().optional(),
    ports: z
      .array(
        z.looseObject({
          name: z.string().optional(),
          port: z.number(),
          targetPort: z.union([z.number(), z.string()]).optional(),
          nodePort: z.number().optional(),
        }),
      )
      .default([]),
  }),
  status: z
    .looseObject({
      loadBalancer: z
        .looseObject({ ingress: z.array(z.looseObject({ ip: z.string().optional() })).default([]) })
        .optional(),
    })
    .optional(),
});

export type Service = Read<z.infer<typeof service>>;
export type ServicePort = z.infer<typeof service>["spec"]["ports"][number];

const endpointSlice = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  endpoints: z
    .array(z.looseObject({ conditions: z.looseObject({ ready: z.boolean().optional() }).default({}) }))
    .nullish(),
});

const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({
        labels: z.record(z.string(), z.string()).default({}),
        annotations: z.record(z.string(), z.string()).default({}),
      }),
      spec: z.looseObject({
        containers: z.array(
          z.looseObject({
            args: z.array(z.string()).default([]),
            ports: z
              .array(z.looseObject({ name: z.string().optional(), containerPort: z.number() }))
              .default([]),
          }),
        ),
      }),
    }),
  }),
});

export type Workload = Read<z.infer<typeof workload>>;

const workloadKinds = ["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet"] as const;

export function serviceNamed(objects: Objects, namespace: string, name: string): Service {
  return (
    objects.one("/Service", service, namespace, name) ?? lost(`there is no Service ${namespace}/${name}`)
  );
}

/** workloadsBehind a Service: those whose pods its selector takes. */
export function workloadsBehind(objects: Objects, { namespace, value }: Service): Workload[] {
  const { selector } = value.spec;
  if (selector === undefined) return [];
  return workloadKinds
    .flatMap((kind) => objects.all(kind, workload))
    .filter((candidate) => candidate.namespace === namespace)
    .filter(({ value: { spec } }) => {
      const { labels } = spec.template.metadata;
      return Object.entries(selector).every(([key, wanted]) => labels[key] === wanted);
    });
}

/** podHops from a Service's port to the pods that answer there. */
export function podHops(objects: Objects, from: Service, port: ServicePort): Hop[] {
  const { ref, namespace, value } = from;
  const where = `${namespace}/${ref.name}`;
  const { selector } = value.spec;
  if (selector === undefined) return lost(`Service ${where} has no selector, and nothing else gives it pods`);
  const said = Object.entries(selector)
    .map(([key, wanted]) => `${key}=${wanted}`)
    .join(",");
  const workloads = workloadsBehind(objects, from);
  const [first] = workloads;
  if (first === undefined)
    return lost(`no workload in ${namespace} has pods with ${said}, which Service ${where} selects`);
  const target = port.targetPort ?? port.port;
  if (typeof target === "string" && !portNames(first).includes(target))
    return lost(`Service ${where} leads to port ${target}, which no container of ${first.ref.name} has`);
  if (objects.has("discovery.k8s.io/EndpointSlice") && readyEndpoints(objects, from) === 0)
    return lost(`no pod behind Service ${where} is ready`);
  return workloads.map((each) => ({
    at: "pods",
    object: each.ref,
    says: `${said} on port ${target}`,
  }));
}

function portNames({ value }: Workload): string[] {
  const { containers } = value.spec.template.spec;
  return containers.flatMap(({ ports }) => ports.flatMap(({ name }) => name ?? []));
}

function readyEndpoints(objects: Objects, { ref, namespace }: Service): number {
  return objects
    .all("discovery.k8s.io/EndpointSlice", endpointSlice)
    .filter((slice) => slice.namespace === namespace)
    .filter(({ value }) => value.metadata.labels["kubernetes.io/service-name"] === ref.name)
    .flatMap(({ value }) => value.endpoints ?? [])
    .filter(({ conditions }) => conditions.ready !== false).length;
}
