import type { IngressController } from "./engine";

/** ingressNginx turns routes into Ingresses with annotations. Upstream ended it in March 2026: for RKE2 up to 1.36 only. */
export const ingressNginx: IngressController = {
  charts: () => [],
  crds: [],
  deployment: { namespace: "ingress-nginx", name: "ingress-nginx-controller" },
  service: { namespace: "ingress-nginx", name: "ingress-nginx-controller" },
  shared: () => [],
  route: () => [],
  certificateNamespace: (route) => route.namespace,
};
