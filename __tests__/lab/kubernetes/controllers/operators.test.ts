import { X509Certificate } from "node:crypto";
import { at, listAt, recordAt, textAt } from "../../../../lab/kubernetes/json";
import { deployment, service, startTestCluster, type TestCluster } from "../control-plane";
import { definition } from "../custom-resource";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
  await cluster.addNode("worker-1", "192.168.0.31");
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const app = { name: "app", image: "example.org/app:1" };
const operator = (name: string, labels: Readonly<Record<string, string>>): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: "default", labels },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [app] } },
  },
});

const name = "app.kubernetes.io/name";
const component = "app.kubernetes.io/component";
const speakerLabels = { [name]: "metallb", [component]: "speaker" };
const speaker = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "speaker", namespace: "default" },
  spec: {
    selector: { matchLabels: speakerLabels },
    template: { metadata: { labels: speakerLabels }, spec: { containers: [app] } },
  },
};
const metallb = (kind: string, objectName: string, spec: object): object => ({
  apiVersion: "metallb.io/v1beta1",
  kind,
  metadata: { name: objectName, namespace: "default" },
  spec,
});
const pool = metallb("IPAddressPool", "main", { addresses: ["192.168.0.240-192.168.0.241"] });
const balancer = (of: string, annotations: object = {}): object => ({
  ...service(of, { type: "LoadBalancer" }),
  metadata: { name: of, namespace: "default", annotations },
});
const addressOf = async (of: string): Promise<string | undefined> =>
  textAt(await cluster.find("Service", of, "default"), "status", "loadBalancer", "ingress", 0, "ip");
const messages = async (): Promise<(string | undefined)[]> =>
  (await cluster.every("Event")).map((event) => textAt(event, "message"));

async function installMetalLb(): Promise<void> {
  for (const [kind, plural] of [
    ["IPAddressPool", "ipaddresspools"],
    ["L2Advertisement", "l2advertisements"],
    ["ServiceL2Status", "servicel2statuses"],
  ] as const)
    await cluster.apply(definition("metallb.io", "v1beta1", kind, plural));
  await cluster.apply(speaker, operator("controller", { [name]: "metallb", [component]: "controller" }));
}

test("without MetalLB's controller a Service gets no address, with it the first of the pool", async () => {
  await cluster.apply(
    definition("metallb.io", "v1beta1", "IPAddressPool", "ipaddresspools"),
    pool,
    balancer("web"),
  );
  expect(await addressOf("web")).toBeUndefined();
  await installMetalLb();
  expect(await addressOf("web")).toBe("192.168.0.240");
});

test("an address is announced only where an L2Advertisement covers its pool and a pod is ready", async () => {
  await installMetalLb();
  await cluster.apply(pool, deployment("web"), balancer("web"));
  expect(await cluster.every("ServiceL2Status")).toEqual([]);
  await cluster.apply(metallb("L2Advertisement", "main", { ipAddressPools: ["main"] }));
  expect((await cluster.every("ServiceL2Status")).map((one) => textAt(one, "status", "node"))).toEqual([
    "worker-1",
  ]);
  await cluster.plane.deleteObject({
    apiVersion: "metallb.io/v1beta1",
    kind: "L2Advertisement",
    name: "main",
    namespace: "default",
  });
  expect(await cluster.every("ServiceL2Status")).toEqual([]);
});

test("refuses an address outside every pool and one more than the pool has, as events", async () => {
  await installMetalLb();
  await cluster.apply(pool, balancer("odd", { "metallb.io/loadBalancerIPs": "192.168.0.9" }));
  for (const one of ["a", "b", "c"]) await cluster.apply(balancer(one));
  expect([await addressOf("odd"), await addressOf("c")]).toEqual([undefined, undefined]);
  expect(await messages()).toEqual(
    expect.arrayContaining([
      'Failed to allocate IP for "default/odd": "192.168.0.9" is not allowed in config',
      'Failed to allocate IP for "default/c": no available IPs',
    ]),
  );
});

test("two Services share an address by one key and different ports only", async () => {
  await installMetalLb();
  const shared = { "metallb.io/loadBalancerIPs": "192.168.0.240", "metallb.io/allow-shared-ip": "key" };
  await cluster.apply(pool, balancer("a", shared), balancer("b", shared));
  expect([await addressOf("a"), await addressOf("b")]).toEqual(["192.168.0.240", undefined]);
  await cluster.apply({
    ...balancer("b", shared),
    ...{ spec: { type: "LoadBalancer", selector: { app: "b" }, ports: [{ name: "s", port: 443 }] } },
  });
  expect(await addressOf("b")).toBe("192.168.0.240");
});

const certManager = (kind: string, objectName: string, spec: object): object => ({
  apiVersion: "cert-manager.io/v1",
  kind,
  metadata: { name: objectName, ...(kind === "ClusterIssuer" ? {} : { namespace: "default" }) },
  spec,
});

async function installCertManager(): Promise<void> {
  await cluster.apply(
    definition("cert-manager.io", "v1", "ClusterIssuer", "clusterissuers", { scope: "Cluster" }),
    definition("cert-manager.io", "v1", "Issuer", "issuers"),
    definition("cert-manager.io", "v1", "Certificate", "certificates"),
    operator("cert-manager", { [name]: "cert-manager", [component]: "controller" }),
  );
}

const certificateIn = async (secret: string): Promise<X509Certificate> =>
  new X509Certificate(
    Buffer.from(recordAt(await cluster.find("Secret", secret), "data")["tls.crt"] ?? "", "base64"),
  );

test("cert-manager signs an authority by itself and a certificate by that authority", async () => {
  await installCertManager();
  const issuerRef = (of: string): object => ({ kind: "ClusterIssuer", name: of });
  await cluster.apply(
    certManager("ClusterIssuer", "self", { selfSigned: {} }),
    certManager("ClusterIssuer", "lan", { ca: { secretName: "lan-ca" } }),
    certManager("Certificate", "site", {
      secretName: "site",
      dnsNames: ["main.test.com"],
      privateKey: { algorithm: "ECDSA" },
      issuerRef: issuerRef("lan"),
    }),
  );
  expect(at(await cluster.find("Certificate", "site"), "status", "conditions", 0)).toMatchObject({
    type: "Ready",
    status: "False",
  });
  await cluster.apply(
    certManager("Certificate", "ca", {
      secretName: "lan-ca",
      isCA: true,
      commonName: "lan",
      privateKey: { algorithm: "ECDSA" },
      issuerRef: issuerRef("self"),
    }),
  );
  const [authority, site] = [await certificateIn("lan-ca"), await certificateIn("site")];
  expect([authority.ca, site.verify(authority.publicKey), site.subjectAltName]).toEqual([
    true,
    true,
    "DNS:main.test.com",
  ]);
});

test("refuses an ACME wildcard without DNS-01 and one whose credentials are missing, as conditions", async () => {
  await installCertManager();
  const acme = (solvers: object[]): object => ({
    acme: { server: "https://acme.test", privateKeySecretRef: { name: "account" }, solvers },
  });
  const wanted = certManager("Certificate", "site", {
    secretName: "site",
    dnsNames: ["*.test.com"],
    privateKey: { algorithm: "ECDSA" },
    issuerRef: { kind: "ClusterIssuer", name: "acme" },
  });
  const why = async (): Promise<string | undefined> =>
    textAt(listAt(await cluster.find("Certificate", "site"), "status", "conditions")[0], "message");
  await cluster.apply(certManager("ClusterIssuer", "acme", acme([{ http01: { ingress: {} } }])), wanted);
  expect(await why()).toContain('no configured challenge solvers can be used for the name "*.test.com"');
  const dns = { dns01: { cloudflare: { apiTokenSecretRef: { name: "token", key: "t" } } } };
  await cluster.apply(certManager("ClusterIssuer", "acme", acme([dns])));
  expect(await why()).toContain('secret "token" not found');
  await cluster.apply({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "token", namespace: "default" },
    stringData: { t: "x" },
  });
  expect((await certificateIn("site")).issuer).toContain("ACME authority of the lab");
});

test("istiod makes a Deployment and a Service of a Gateway of its class", async () => {
  const group = "gateway.networking.k8s.io";
  await cluster.apply(
    definition(group, "v1", "GatewayClass", "gatewayclasses", { scope: "Cluster" }),
    definition(group, "v1", "Gateway", "gateways"),
    operator("istiod", { app: "istiod" }),
    {
      apiVersion: `${group}/v1`,
      kind: "Gateway",
      metadata: { name: "web", namespace: "default" },
      spec: { gatewayClassName: "istio", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    },
  );
  expect(await cluster.find("Deployment", "web-istio")).toBeDefined();
  const ports = listAt(await cluster.find("Service", "web-istio"), "spec", "ports").map((port) =>
    at(port, "port"),
  );
  expect(ports).toEqual([15021, 80]);
});
