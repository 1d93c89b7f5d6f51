import {
  clientFiles,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  readyNodes,
  serverData,
  type Stage,
} from "./stage";
import type { RunningMachine } from "../../../lab/machine";

jest.setTimeout(30_000);

let stage: Stage;
let identity: Identity;
beforeEach(async () => {
  stage = await createStage();
  identity = await createIdentity();
});
afterEach(() => stage.close());

const environment = {
  vip_arp: "true",
  vip_interface: "eth0",
  address: "192.168.0.20",
  port: "6443",
  cp_enable: "true",
  svc_enable: "false",
  vip_leaderelection: "true",
};

function kubeVip(env: Readonly<Record<string, string>> = environment): object[] {
  const rbac = "rbac.authorization.k8s.io";
  const container = {
    name: "kube-vip",
    image: "ghcr.io/kube-vip/kube-vip:v1.2.3",
    args: ["manager"],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    securityContext: { capabilities: { add: ["NET_ADMIN", "NET_RAW"] } },
  };
  const pod = { serviceAccountName: "kube-vip", hostNetwork: true, containers: [container] };
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name: "kube-vip" },
      rules: [
        { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "create", "update"] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: "kube-vip" },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "kube-vip" },
      subjects: [{ kind: "ServiceAccount", name: "kube-vip", namespace: "kube-system" }],
    },
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "kube-vip", namespace: "kube-system" },
      spec: {
        selector: { matchLabels: { app: "kube-vip" } },
        template: { metadata: { labels: { app: "kube-vip" } }, spec: pod },
      },
    },
  ];
}

async function server(index: number, manifests: readonly object[]): Promise<RunningMachine> {
  const name = `server-${index}`;
  const config = index === 1 ? {} : { server: "https://192.168.0.20:9345" };
  const address = `192.168.0.2${index}`;
  const userData = serverData(identity, { name, manifests, config });
  const running = await stage.powerOn(machine({ name, address, mac: `BC:24:11:00:00:0${index}`, userData }));
  await eventually(
    () => readyNodes(stage).includes(name) || undefined,
    () => stage.room.inspect(),
  );
  return running;
}

const holder = (): string | undefined => stage.room.inspect().clusters[0]?.apiAddress?.holder;
const violations = (): string => stage.room.inspect().violations.join("\n");

test("kube-vip holds the API address, moves it when its server goes, and drops it below quorum", async () => {
  const first = await server(1, kubeVip());
  expect(holder()).toBe("server-1");
  const second = await server(2, kubeVip());
  await server(3, kubeVip());
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  expect(await stage.curl(...admin, "https://192.168.0.20:6443/readyz")).toBe("ok");
  await first.powerOff();
  expect(holder()).toBe("server-2");
  expect(await stage.curl(...admin, "https://192.168.0.20:6443/readyz")).toBe("ok");
  await second.powerOff();
  expect(holder()).toBeUndefined();
  await expect(stage.curl(...admin, "https://192.168.0.20:6443/readyz")).rejects.toThrow(/502/);
  expect(violations()).toBe("");
});

test("nobody holds an API address without kube-vip's manifest", async () => {
  await server(1, []);
  expect(stage.network.lookup("192.168.0.20", 6443)).toBeUndefined();
});

test.each([
  [
    "an interface that the server does not have",
    { ...environment, vip_interface: "ens18" },
    "no server has an interface ens18, only eth0",
  ],
  ["another port", { ...environment, port: "443" }, "port must be 6443"],
  ["no ARP", { ...environment, vip_arp: "false" }, "vip_arp must be true"],
])("nobody holds the API address when kube-vip is told %s", async (_, env, violation) => {
  await server(1, kubeVip(env));
  expect(holder()).toBeUndefined();
  expect(violations()).toContain(violation);
});

test("nobody holds the API address when kube-vip may not keep a lease", async () => {
  await server(1, kubeVip().slice(1));
  expect(holder()).toBeUndefined();
});

test.each([
  ["Services that MetalLB serves", { ...environment, svc_enable: "true" }, "svc_enable must be false"],
  [
    "an environment variable it does not read",
    { ...environment, vip_adress: "192.168.0.20" },
    "no environment variable vip_adress",
  ],
])("kube-vip with %s is a violation", async (_, env, violation) => {
  await server(1, kubeVip(env));
  expect(violations()).toContain(violation);
});
