import { z } from "zod";
import type { Read } from "../objects";
import { nginxSettings, schemeOf } from "./belief";
import { redirected } from "./redirect";
import { type Choice, isBelow, matchesHost, type Router } from "./router";

const prefix = "nginx.ingress.kubernetes.io/";

const ingress = z.looseObject({
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({
    tls: z.array(z.looseObject({ hosts: z.array(z.string()).default([]) })).default([]),
    rules: z
      .array(
        z.looseObject({
          host: z.string().default("*"),
          http: z.looseObject({
            paths: z.array(
              z.looseObject({
                path: z.string().default("/"),
                pathType: z.string(),
                backend: z.looseObject({
                  service: z.looseObject({
                    name: z.string(),
                    port: z.looseObject({ number: z.number().optional(), name: z.string().optional() }),
                  }),
                }),
              }),
            ),
          }),
        }),
      )
      .default([]),
  }),
});

type Ingress = Read<z.infer<typeof ingress>>;
type Path = Ingress["value"]["spec"]["rules"][number]["http"]["paths"][number];
type Candidate = { readonly object: Ingress; readonly path: Path };

/** ingress-nginx: the longest path wins; a canary Ingress of the same path takes its share. */
export const ingressNginx: Router = (objects, arrival) => {
  const { request } = arrival;
  const candidates = objects.all("networking.k8s.io/Ingress", ingress).flatMap((object) =>
    object.value.spec.rules
      .filter(({ host }) => matchesHost(host, request.url.hostname))
      .flatMap(({ http }) => http.paths.map((path): Candidate => ({ object, path })))
      .filter(({ path }) => takes(path, request.url.pathname)),
  );
  const [best] = candidates.filter(({ object }) => !isCanary(object)).sort((a, b) => rank(b) - rank(a));
  if (best === undefined) return undefined;
  const annotations = best.object.value.metadata.annotations;
  const settings = nginxSettings(objects, arrival);
  const plain = schemeOf(arrival, settings["use-forwarded-headers"] === "true") === "http";
  const redirects = annotations[`${prefix}ssl-redirect`] ?? settings["ssl-redirect"] ?? "true";
  if (plain && best.object.value.spec.tls.length > 0 && redirects === "true") {
    const status = Number(settings["http-redirect-code"] ?? "308");
    const to = redirected(request.url, { scheme: "https" });
    return { hops: [hopOf(best)], action: { kind: "redirect", status, to } };
  }
  const canary = candidates.find(({ object, path }) => isCanary(object) && path.path === best.path.path);
  return withCanary(best, canary, request.headers);
};

function withCanary(
  best: Candidate,
  canary: Candidate | undefined,
  headers: Readonly<Record<string, string>>,
): Choice {
  if (canary === undefined)
    return { hops: [hopOf(best)], action: { kind: "forward", to: [destination(best, 100)] } };
  const annotations = canary.object.value.metadata.annotations;
  const header = annotations[`${prefix}canary-by-header`];
  if (
    header !== undefined &&
    headers[header.toLowerCase()] === (annotations[`${prefix}canary-by-header-value`] ?? "always")
  )
    return { hops: [hopOf(canary)], action: { kind: "forward", to: [destination(canary, 100)] } };
  const weight = Number(annotations[`${prefix}canary-weight`] ?? "0");
  const to = [destination(best, 100 - weight), ...(weight === 0 ? [] : [destination(canary, weight)])];
  return {
    hops: weight === 0 ? [hopOf(best)] : [hopOf(best), hopOf(canary)],
    action: { kind: "forward", to },
  };
}

function takes({ path, pathType }: Path, asked: string): boolean {
  if (pathType === "Exact") return asked === path;
  return pathType === "Prefix" ? isBelow(path, asked) : new RegExp(`^${path}`).test(asked);
}

function rank({ path }: Candidate): number {
  return path.path.length * 2 + (path.pathType === "Exact" ? 1 : 0);
}

function isCanary({ value }: Ingress): boolean {
  return value.metadata.annotations[`${prefix}canary`] === "true";
}

function hopOf({ object, path }: Candidate) {
  return { at: "route", object: object.ref, says: `${path.pathType} ${path.path}` } as const;
}

function destination({ object, path }: Candidate, weight: number) {
  const { name, port } = path.backend.service;
  return { namespace: object.namespace, service: name, port: port.number ?? port.name ?? 80, weight };
}
