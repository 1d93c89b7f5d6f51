import type { Socket } from "node:net";
import {
  ApiError,
  ConnectionError,
  kubernetesClient,
  UnknownKind,
  type Access,
} from "../../../lab/kubernetes/client";
import { createLabNetwork } from "../../../lab/network";
import type { LabNetwork } from "../../../lab/network/contract";
import { clientCertificate, selfSignedAuthority, serverCertificate } from "../../../lab/network/certificate";
import { fakeApi, type FakeApi } from "./fake-api";

const address = "192.168.0.10";
let network: LabNetwork;
let api: FakeApi;
let access: Access;

beforeEach(async () => {
  const authority = await selfSignedAuthority("server-ca");
  const clients = await selfSignedAuthority("client-ca");
  const user = await clientCertificate(clients, { commonName: "admin", organization: "system:masters" });
  api = fakeApi(await serverCertificate(authority, "api", [address]), clients.certificatePem);
  network = await createLabNetwork();
  await network.attach(address, 6443, api.server);
  api.kinds.add({ apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false });
  api.kinds.add({ apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true });
  access = {
    host: `https://${address}:6443`,
    authority: authority.certificatePem,
    certificate: user.certificatePem,
    key: user.keyPem,
    proxyUrl: network.httpProxyUrl,
    program: "slipway-test/1",
  };
});

afterEach(() => network.close());

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: { replicas: 2 },
};
const web = { apiVersion: "apps/v1", kind: "Deployment", name: "web", namespace: "shop" };

test("an object is applied, read, listed, changed and deleted at the paths of its kind", async () => {
  const client = kubernetesClient(access);
  expect(await client.get(web)).toBeUndefined();
  await client.apply(deployment, { manager: "Terraform", force: false });
  expect(await client.get(web)).toMatchObject({ spec: { replicas: 2 } });
  await client.patch(web, { spec: { replicas: 3 } });
  expect(await client.list({ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop" })).toMatchObject([
    { metadata: { name: "web" }, spec: { replicas: 3 } },
  ]);
  expect(await client.delete(web)).toBe(true);
  expect(await client.delete(web)).toBe(false);
  expect(api.requests).toContain(
    "PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldValidation=Strict&fieldManager=Terraform&force=false",
  );
});

test("a kind without namespaces stands at the root, a list everywhere too", async () => {
  const client = kubernetesClient(access);
  await client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  await client.list({ apiVersion: "apps/v1", kind: "Deployment", labels: { app: "web", tier: "front" } });
  expect(api.requests.slice(1)).toEqual([
    "POST /api/v1/namespaces?fieldValidation=Strict",
    "GET /apis/apps/v1",
    "GET /apis/apps/v1/deployments?labelSelector=app%3Dweb%2Ctier%3Dfront",
  ]);
});

test("a dry run says so, and a deletion says what happens to dependents", async () => {
  const client = kubernetesClient(access);
  await client.apply(deployment, { manager: "Helm", force: true, dryRun: true });
  await client.delete(web, "Foreground");
  expect(api.requests).toContain(
    "PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldValidation=Strict&fieldManager=Helm&force=true&dryRun=All",
  );
  expect(api.bodies.at(-1)?.body).toMatchObject({ propagationPolicy: "Foreground" });
});

test("a kind that is missing is looked for again, one that was found is remembered", async () => {
  const client = kubernetesClient(access);
  expect(await client.resourceOf("metallb.io/v1beta1", "IPAddressPool")).toBeUndefined();
  expect(await client.versionsOf("metallb.io")).toEqual([]);
  api.kinds.add({
    apiVersion: "metallb.io/v1beta1",
    kind: "IPAddressPool",
    plural: "ipaddresspools",
    namespaced: true,
  });
  const pool = { path: "/apis/metallb.io/v1beta1", plural: "ipaddresspools", namespaced: true };
  expect(await client.resourceOf("metallb.io/v1beta1", "IPAddressPool")).toEqual(pool);
  expect(await client.versionsOf("metallb.io")).toEqual(["metallb.io/v1beta1"]);
  const asked = api.requests.length;
  expect(await client.resourceOf("metallb.io/v1beta1", "IPAddressPool")).toEqual(pool);
  expect(api.requests).toHaveLength(asked);
});

test("refuses a kind that the API does not serve", async () => {
  const gone = kubernetesClient(access).get({ apiVersion: "a.io/v1", kind: "B", name: "c" });
  await expect(gone).rejects.toThrow(new UnknownKind("a.io/v1", "B"));
  await expect(gone).rejects.toThrow('no matches for kind "B" in version "a.io/v1"');
});

test("refuses in the API's words", async () => {
  const message = "Apply failed with 1 conflict";
  api.refuse = (request) =>
    request.startsWith("PATCH")
      ? {
          code: 409,
          reason: "Conflict",
          message,
          details: { causes: [{ field: ".spec", message: "by kubectl" }] },
        }
      : undefined;
  const error: unknown = await kubernetesClient(access)
    .apply(deployment, { manager: "Terraform", force: false })
    .catch((found: unknown) => found);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: 409,
    reason: "Conflict",
    message,
    details: { causes: [{ field: ".spec", message: "by kubectl" }] },
  });
});

describe("without an answer, the client says what Go's would", () => {
  const get = (changed: Partial<Access>) => kubernetesClient({ ...access, ...changed }).get(web);

  it("when nobody is behind the proxy", async () => {
    const asked = get({ host: "https://192.168.0.11:6443" });
    await expect(asked).rejects.toThrow(
      new ConnectionError('Get "https://192.168.0.11:6443/apis/apps/v1": Bad Gateway'),
    );
  });

  it("when the port is closed", async () => {
    const asked = kubernetesClient({ ...direct(), host: "https://127.0.0.1:1" }).get(web);
    await expect(asked).rejects.toThrow(
      'Get "https://127.0.0.1:1/apis/apps/v1": dial tcp 127.0.0.1:1: connect: connection refused',
    );
  });

  it("when another authority signed for the API", async () => {
    const { certificatePem } = await selfSignedAuthority("another");
    await expect(get({ authority: certificatePem })).rejects.toThrow(
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    );
  });

  it("when the certificate is for another name", async () => {
    await expect(get({ serverName: "kubernetes.example" })).rejects.toThrow(
      "tls: failed to verify certificate: x509: Hostname/IP does not match certificate's altnames",
    );
  });

  it("when it comes with a certificate of nobody's", async () => {
    const other = await clientCertificate(await selfSignedAuthority("other"), { commonName: "admin" });
    await expect(get({ certificate: other.certificatePem, key: other.keyPem })).rejects.toBeInstanceOf(
      ConnectionError,
    );
  });
});

describe("a connection is kept", () => {
  let opened = 0;
  let hangUp: () => void;
  beforeEach(() => {
    opened = 0;
    const open = new Set<Socket>();
    hangUp = () => {
      for (const socket of open) socket.destroy();
    };
    api.server.on("connection", (socket: Socket) => {
      opened += 1;
      open.add(socket);
    });
  });

  it("for the next question", async () => {
    const client = kubernetesClient(access);
    for (let time = 0; time < 5; time += 1) await client.get(web);
    expect(opened).toBe(1);
  });

  it("for its own user: another one is asked for by another connection", async () => {
    await kubernetesClient(access).get(web);
    await kubernetesClient(access).get(web);
    expect(opened).toBe(2);
  });

  it("until the API hangs up: the question that meets this is asked again, once", async () => {
    const client = kubernetesClient(access);
    await client.get(web);
    hangUp();
    expect(await client.apply(deployment, { manager: "Terraform", force: false })).toMatchObject(deployment);
    expect(opened).toBe(2);
    expect(api.requests.filter((request) => request.startsWith("PATCH"))).toHaveLength(1);
  });

  it("but a question on a new one is not asked again when the API hangs up", async () => {
    api.refuse = () => {
      hangUp();
      return undefined;
    };
    await expect(kubernetesClient(access).get(web)).rejects.toBeInstanceOf(ConnectionError);
    expect(opened).toBe(1);
  });
});

test("straight to a server where there is no proxy, by the name its certificate has", async () => {
  const port = network.lookup(address, 6443);
  const client = kubernetesClient({ ...direct(), host: `https://127.0.0.1:${port}`, serverName: address });
  expect(await client.get(web)).toBeUndefined();
});

/** direct access, without the proxy. */
function direct(): Access {
  const { host, authority = "", certificate = "", key = "", program } = access;
  return { host, authority, certificate, key, program };
}
