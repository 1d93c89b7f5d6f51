import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { kubernetesObject, type KubernetesObject } from "../../trace/objects";
import { Mistake } from "../mistake";
import type { TracedCluster } from "./cluster";
import { curl } from "./curl";

/** liveCluster: the objects that the cluster has now, asked with curl as the gates do, behind the same proxies. */
export async function liveCluster(name: string, kubeconfig: string): Promise<TracedCluster> {
  const access = accessOf(kubeconfig);
  const folder = await mkdtemp(join(tmpdir(), "slipway-live-"));
  try {
    const files = { authority: access.authority, certificate: access.certificate, key: access.key };
    for (const [file, content] of Object.entries(files))
      await writeFile(join(folder, file), Buffer.from(content, "base64"), { mode: 0o600 });
    const lists = await Promise.all(paths.map((path) => list(folder, access.server, path)));
    return { name, objects: lists.flat(), origins: new Map() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

async function list(folder: string, server: string, path: string): Promise<KubernetesObject[]> {
  const proxy = process.env["KUBE_PROXY_URL"];
  const { status, body } = await curl("The cluster's API", [
    ...(proxy === undefined ? [] : ["--proxy", proxy]),
    ...["--cacert", join(folder, "authority")],
    ...["--cert", join(folder, "certificate")],
    ...["--key", join(folder, "key")],
    `${server}/${path}`,
  ]);
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

function accessOf(kubeconfig: string) {
  const { clusters, users } = kubeconfigSchema.parse(parse(kubeconfig));
  const { cluster } = clusters[0];
  const { user } = users[0];
  return {
    server: cluster.server,
    authority: cluster["certificate-authority-data"],
    certificate: user["client-certificate-data"],
    key: user["client-key-data"],
  };
}

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.looseObject({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([
    z.looseObject({
      user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }),
    }),
  ]),
});
