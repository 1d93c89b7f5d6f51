import { z } from "zod";
import { kubernetesObject, type KubernetesObject } from "../../trace/objects";
import { Mistake } from "../mistake";
import { type Administrator, asAdministrator } from "./administrator";
import type { TracedCluster } from "./cluster";
import { curl } from "./curl";

/** liveCluster: the objects that the cluster has now, asked with curl as the gates do, behind the same proxies. */
export async function liveCluster(name: string, kubeconfig: string): Promise<TracedCluster> {
  const lists = await asAdministrator(kubeconfig, (administrator) =>
    Promise.all(paths.map((path) => list(administrator, path))),
  );
  return { name, objects: lists.flat(), origins: new Map() };
}

/** paths of every kind that a request's way can lead over; those the cluster does not have are empty. */
const paths = [
  "api/v1/services",
  "apis/discovery.k8s.io/v1/endpointslices",
  ...["deployments", "statefulsets", "daemonsets"].map((kind) => `apis/apps/v1/${kind}`),
  ...["ipaddresspools", "l2advertisements"].map((kind) => `apis/metallb.io/v1beta1/${kind}`),
  ...["ingressroutes", "ingressroutetcps", "middlewares", "traefikservices"].map(
    (kind) => `apis/traefik.io/v1alpha1/${kind}`,
  ),
  ...["gateways", "httproutes"].map((kind) => `apis/gateway.networking.k8s.io/v1/${kind}`),
  ...["gateways", "virtualservices"].map((kind) => `apis/networking.istio.io/v1/${kind}`),
  "apis/networking.k8s.io/v1/ingresses",
  `api/v1/configmaps?labelSelector=${encodeURIComponent("app.kubernetes.io/name=ingress-nginx")}`,
] as const;

async function list(administrator: Administrator, path: string): Promise<KubernetesObject[]> {
  const { status, body } = await curl("The cluster's API", administrator.argumentsFor(path));
  if (status === 404) return [];
  if (status !== 200) throw new Mistake(`The cluster's API answers HTTP ${status} for ${path}.`);
  const { apiVersion, kind, items } = listSchema.parse(JSON.parse(body));
  return items.map((item) =>
    kubernetesObject.parse({ apiVersion, kind: kind.replace(/List$/, ""), ...item }),
  );
}

const listSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  items: z.array(z.looseObject({})),
});
