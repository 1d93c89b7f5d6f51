import type { Interruption, Subject } from "./finding";
import { everyRoute } from "./harm";
import { isEnding } from "./manifests";
import type { Plan } from "./plan";

/** endOf a part of the platform: what answers no longer without it. */
export function endOf({ name }: Subject, { changes }: Plan): Interruption | undefined {
  const what = restingOn[name];
  const own = changes.find((change) => change.type === "helm_release" && change.name === name);
  if (what === undefined || own === undefined || !isEnding(own)) return undefined;
  const another = changes.some(
    ({ action, name: other }) => (action === "create" || action === "replace") && restingOn[other] === what,
  );
  return { what, lasts: another ? "for a while" : "for good" };
}

const restingOn: Readonly<Record<string, string>> = {
  metallb: "every address of the load balancer",
  traefik: everyRoute,
  "ingress-nginx": everyRoute,
  istiod: everyRoute,
  "istio-ingress": everyRoute,
  longhorn: "every service with a volume on Longhorn",
};
