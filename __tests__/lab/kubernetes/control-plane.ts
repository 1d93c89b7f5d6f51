import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { Json, KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { at, listAt, textAt } from "../../../lab/kubernetes/json";
import { type SimulatedControlPlane, startSimulated } from "../../../lab/kubernetes/simulated";
import {
  clientCertificate,
  type PemPair,
  selfSignedAuthority,
  serverCertificate,
} from "../../../lab/network/certificate";
import { listenOnLoopback } from "../../../lab/network/loopback";

export interface Answer {
  readonly code: number;
  readonly body: Json;
}

export interface Ask {
  readonly body?: object;
  readonly type?: string;
  readonly user?: PemPair;
}

/** TestCluster is a control plane of the lab with an administrator before it. */
export interface TestCluster {
  readonly plane: SimulatedControlPlane;
  readonly reports: readonly string[];
  quorum: boolean;
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** apply by server-side apply as `test`, and expect that it is taken. */
  apply(...objects: readonly object[]): Promise<void>;
  /** tryApply gives the answer to a server-side apply. */
  tryApply(object: object, query?: string): Promise<Answer>;
  /** find an object once everything has settled. */
  find(kind: string, name: string, namespace?: string): Promise<KubernetesObjectLike | undefined>;
  every(kind: string, namespace?: string): Promise<readonly KubernetesObjectLike[]>;
  /** addNode that is Ready. */
  addNode(
    name: string,
    address: string,
    more?: { labels?: object; taints?: readonly object[] },
  ): Promise<void>;
  user(name: string, group?: string): Promise<PemPair>;
  close(): Promise<void>;
}

export async function startTestCluster(): Promise<TestCluster> {
  const [clientCa, serverCa] = await Promise.all([
    selfSignedAuthority("client"),
    selfSignedAuthority("server"),
  ]);
  const reports: string[] = [];
  const state = { quorum: true };
  const plane = await startSimulated({
    tls: { "client-ca.crt": clientCa.certificatePem },
    clusterCidr: "172.29.0.0/16",
    serviceCidr: "172.30.0.0/16",
    nodePortRange: [30000, 32767],
    hasQuorum: () => state.quorum,
    report: (text) => reports.push(text),
  });
  const serving = await serverCertificate(serverCa, "api", ["127.0.0.1"]);
  const bound = await listenOnLoopback(await plane.serve({ ...serving, names: ["127.0.0.1"] }));
  const user = (name: string, group?: string): Promise<PemPair> =>
    clientCertificate(clientCa, {
      commonName: name,
      ...(group === undefined ? {} : { organization: group }),
    });
  const admin = await user("system:admin", "system:masters");

  const ask = (method: string, path: string, { body, type, user: as = admin }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = body === undefined ? "" : JSON.stringify(body);
      const outgoing = request(
        {
          host: "127.0.0.1",
          port: bound.port,
          path,
          method,
          ca: serverCa.certificatePem,
          cert: as.certificatePem,
          key: as.keyPem,
          headers: {
            "user-agent": "test/1",
            "content-length": Buffer.byteLength(sent),
            ...(type === undefined ? {} : { "content-type": type }),
          },
          agent: false,
        },
        (response) => {
          text(response).then((content) => {
            const isJson = response.headers["content-type"] === "application/json";
            resolve({ code: response.statusCode ?? 0, body: isJson ? JSON.parse(content) : content });
          }, reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(sent);
    });

  const kinds = async (object: KubernetesObjectLike): Promise<string> => {
    const root = object.apiVersion.includes("/") ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    const list = (await ask("GET", root)).body;
    const found = listAt(list, "resources").find(
      (one) => textAt(one, "kind") === object.kind && textAt(one, "name")?.includes("/") === false,
    );
    if (found === undefined) throw new Error(`no kind ${object.kind}`);
    const home =
      at(found, "namespaced") === true ? `/namespaces/${object.metadata.namespace ?? "default"}` : "";
    return `${root}${home}/${textAt(found, "name") ?? ""}/${object.metadata.name}`;
  };
  const tryApply = async (object: object, query = ""): Promise<Answer> => {
    const given: KubernetesObjectLike = JSON.parse(JSON.stringify(object));
    return ask("PATCH", `${await kinds(given)}?fieldManager=test${query}`, {
      body: object,
      type: "application/apply-patch+yaml",
    });
  };
  const every = async (kind: string, namespace?: string): Promise<readonly KubernetesObjectLike[]> => {
    await plane.settled();
    const all = await plane.objects();
    return all.filter(
      (one) => one.kind === kind && (namespace === undefined || one.metadata.namespace === namespace),
    );
  };
  return {
    plane,
    reports,
    get quorum() {
      return state.quorum;
    },
    set quorum(value: boolean) {
      state.quorum = value;
    },
    ask,
    tryApply,
    async apply(...objects) {
      for (const object of objects) {
        const { code, body } = await tryApply(object);
        if (code >= 300) throw new Error(JSON.stringify(body, null, 1));
        await plane.settled();
      }
    },
    every,
    find: async (kind, name, namespace) =>
      (await every(kind, namespace)).find((one) => one.metadata.name === name),
    async addNode(name, address, more = {}) {
      await plane.registerNode({
        apiVersion: "v1",
        kind: "Node",
        metadata: { name, labels: { "kubernetes.io/hostname": name, ...more.labels } },
        spec: more.taints === undefined ? {} : JSON.parse(JSON.stringify({ taints: more.taints })),
        status: { addresses: [{ type: "InternalIP", address }] },
      });
      await plane.setNodeReady(name, true);
    },
    user,
    async close() {
      await bound.close();
      await plane.close();
    },
  };
}

/** deployment of pods that answer at 8080. */
export function deployment(
  name: string,
  more: { namespace?: string; replicas?: number; pod?: object; spec?: object; image?: string } = {},
): object {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: more.namespace ?? "default" },
    spec: {
      replicas: more.replicas ?? 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: "app",
              image: more.image ?? "example.org/app:1",
              ports: [{ name: "http", containerPort: 8080 }],
            },
          ],
          ...more.pod,
        },
      },
      ...more.spec,
    },
  };
}

export function service(name: string, spec: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default" },
    spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec },
  };
}
