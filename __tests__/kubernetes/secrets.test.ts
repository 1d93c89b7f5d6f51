import type { Cluster } from "../../config/model";
import type { Secret } from "../../config/model/services";
import { secretDeclarations } from "../../kubernetes/secret";
import { controller } from "./controllers";
import { clusterOf, prefix, route } from "./ingress/istio-and-nginx";

const secret = (name: string, type: Secret["type"], keys: Record<string, string>): Secret => ({
  name,
  namespace: "apps",
  type,
  keys,
  revision: 2,
});

const cluster: Cluster = {
  ...clusterOf([
    {
      ...route(["main.test.com"], [prefix("/", { basicAuth: { secret: "visitors", realm: "shop" } })]),
      tls: {
        certificate: "test.com",
        secretName: "test-com",
        minVersion: "1.2",
        redirect: true,
        clientAuthority: "staff",
      },
    },
    {
      ...route(["www.test.com"], [prefix("/")]),
      tls: { certificate: "test.com", secretName: "test-com", minVersion: "1.2", redirect: true },
    },
  ]),
  secrets: [
    secret("keys", "Opaque", { "api-key": "navi_api_key" }),
    secret("visitors", "htpasswd", { auth: "visitors" }),
    secret("staff", "Opaque", { "ca.crt": "staff_authority" }),
    secret("dns", "Opaque", { "api-token": "cloudflare_token" }),
  ],
  certificates: [
    {
      name: "test.com",
      names: ["*.test.com"],
      source: { kind: "variable", certificate: "test_com_certificate", key: "test_com_key", revision: 3 },
    },
  ],
  issuers: [
    {
      name: "public",
      authority: {
        kind: "acme",
        server: "https://acme.test/directory",
        email: "ops@test.com",
        challenge: {
          kind: "dns01",
          zones: [],
          provider: { kind: "cloudflare", secret: "dns", key: "api-token" },
        },
      },
    },
  ],
};

test("every Secret names variables only, and lies wherever somebody reads it, once", () => {
  const apps = { namespace: "apps", type: "Opaque", revision: 2 };
  const visitors = { auth: "visitors" };
  expect(secretDeclarations(cluster, controller({ namespace: "istio-ingress" }))).toEqual([
    { ...apps, name: "keys", keys: { "api-key": "navi_api_key" } },
    { ...apps, name: "visitors", keys: visitors },
    { ...apps, name: "visitors", keys: visitors, namespace: "shop" },
    { ...apps, name: "staff", keys: { "ca.crt": "staff_authority" } },
    { ...apps, name: "staff", keys: { "ca.crt": "staff_authority" }, namespace: "istio-ingress" },
    { ...apps, name: "dns", keys: { "api-token": "cloudflare_token" } },
    { ...apps, name: "dns", keys: { "api-token": "cloudflare_token" }, namespace: "cert-manager" },
    {
      name: "test-com",
      namespace: "istio-ingress",
      type: "kubernetes.io/tls",
      keys: { "tls.crt": "test_com_certificate", "tls.key": "test_com_key" },
      revision: 3,
    },
  ]);
});

test("a Secret that lies already where it is read is declared once", () => {
  const there = cluster.secrets.map((each) => ({ ...each, namespace: "cert-manager" }));
  const declared = secretDeclarations({ ...cluster, secrets: there }, controller());
  expect(declared.filter(({ name }) => name === "dns")).toHaveLength(1);
});

test("a cluster without an ingress has the file's Secrets alone", () => {
  const { ingress, ...inside } = cluster;
  expect(ingress).toBeDefined();
  const declared = secretDeclarations({ ...inside, routes: [], issuers: [] }, undefined);
  expect(declared.map(({ name, namespace }) => `${namespace}/${name}`)).toEqual(
    ["keys", "visitors", "staff", "dns"].map((name) => `apps/${name}`),
  );
});
