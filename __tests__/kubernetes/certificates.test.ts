import type { Cluster } from "../../config/model";
import type { Certificate, Issuer } from "../../config/model/certificates";
import type { EngineName } from "../../config/model/ingress";
import type { Route } from "../../config/model/routes";
import { certificateObject, servedCertificates } from "../../kubernetes/certificates";
import { http01Solver } from "../../kubernetes/certificates/http01";
import { issuerObjects } from "../../kubernetes/certificates/issuers";
import { priorityOf } from "../../kubernetes/ingress/traefik/priority";
import type { KubernetesObject } from "../../kubernetes/object";
import { expectGolden } from "../golden-file";
import { controller, gateway } from "./controllers";
import { noCrds, refusalsOf } from "./crds";
import { clusterOf, exact, ipv4, prefix, route } from "./ingress/istio-and-nginx";
import { documents } from "./samples";
import { skipped } from "../skipped";

const letsEncrypt = {
  kind: "acme" as const,
  server: "https://acme-v02.api.letsencrypt.org/directory",
  email: "ops@test.com",
};
const issuers: readonly Issuer[] = [
  { name: "house", authority: { kind: "self-signed", commonName: "home house" } },
  { name: "public", authority: { ...letsEncrypt, challenge: { kind: "http01" } } },
  {
    name: "cloudflare",
    authority: {
      ...letsEncrypt,
      challenge: {
        kind: "dns01",
        zones: ["test.com"],
        provider: { kind: "cloudflare", secret: "cloudflare", key: "api-token" },
      },
    },
  },
  {
    name: "own-dns",
    authority: {
      ...letsEncrypt,
      challenge: {
        kind: "dns01",
        zones: [],
        provider: {
          kind: "rfc2136",
          nameserver: ipv4("192.168.0.53"),
          tsigKeyName: "slipway",
          tsigAlgorithm: "HMACSHA512",
          secret: "tsig",
          key: "tsig-secret-key",
        },
      },
    },
  },
];
const routerPriority = "traefik.ingress.kubernetes.io/router.priority";
const engines: readonly EngineName[] = [
  "traefik",
  "gateway-api/traefik",
  "gateway-api/istio",
  "ingress-nginx",
];

test("issuers are the objects that were reviewed", () => {
  const objects = issuers.flatMap((issuer) => issuerObjects(issuer, () => http01Solver("traefik", [])));
  expectGolden("kubernetes/issuers.yaml", documents(objects));
});

test("an http01 challenge comes in by the engine: its class of Ingress, or the Gateway that routes share", () => {
  const gatewayClass = { ...gateway, kind: "GatewayClass", metadata: { name: "class" } };
  const istios = {
    ...gateway,
    apiVersion: "networking.istio.io/v1",
    metadata: { name: "istios", namespace: "edge" },
  };
  const solvers = engines.map((engine) => http01Solver(engine, [gatewayClass, istios, gateway]));
  const parent = { group: "gateway.networking.k8s.io", kind: "Gateway", name: "web", namespace: "edge" };
  expect(solvers).toEqual([
    {
      ingress: {
        ingressClassName: "traefik",
        ingressTemplate: { metadata: { annotations: { [routerPriority]: "100000000" } } },
      },
    },
    { gatewayHTTPRoute: { parentRefs: [parent] } },
    { gatewayHTTPRoute: { parentRefs: [parent] } },
    { ingress: { ingressClassName: "nginx" } },
  ]);
  expect(() => http01Solver("gateway-api/istio", [])).toThrow("no Gateway");
  expect(() => http01Solver("istio", [gateway])).toThrow("passed the rules");
});

test("a challenge comes before every route of Traefik", () => {
  const longest = exact("/".padEnd(5000, "a"));
  const priority = priorityOf(route(["main.test.com"], [longest]), longest, "exact", "through-edge");
  expect(priority).toBeGreaterThan(1_000_000);
  expect(priority).toBeLessThan(100_000_000);
});

test("the self-signed authority keeps its key, and lies where issuers of the whole cluster look", () => {
  const [, authority, issuer] = issuerObjects(house(), never);
  expect(authority).toMatchObject({
    metadata: { namespace: "cert-manager" },
    spec: { isCA: true, privateKey: { rotationPolicy: "Never" } },
  });
  expect(issuer?.["spec"]).toEqual({ ca: { secretName: authority?.metadata.name } });
});

describe("certificates of routes", () => {
  const certificates: readonly Certificate[] = [
    { name: "a.com", names: ["a.com", "*.a.com"], source: { kind: "issuer", issuer: "house" } },
    {
      name: "b.com",
      names: ["b.com"],
      source: { kind: "variable", certificate: "b_certificate", key: "b_key", revision: 2 },
    },
  ];
  const cluster: Cluster = {
    ...clusterOf([
      secured("www.a.com", "a.com", "shop"),
      secured("api.a.com", "a.com", "shop"),
      secured("ops.a.com", "a.com", "ops"),
      secured("b.com", "b.com", "shop"),
      route(["plain.com"], [prefix("/")]),
    ]),
    certificates,
  };
  const objectsOf = (namespace?: string): readonly KubernetesObject[] =>
    servedCertificates(cluster, controller({ namespace })).flatMap(certificateObject);

  test("lie once in each namespace where the engine looks for them", () => {
    const places = (namespace?: string): unknown[] => objectsOf(namespace).map(({ metadata }) => metadata);
    expect(places()).toEqual([
      { name: "a.com", namespace: "shop" },
      { name: "a.com", namespace: "ops" },
    ]);
    expect(places("istio-ingress")).toEqual([{ name: "a.com", namespace: "istio-ingress" }]);
  });

  test("are the objects that were reviewed", () => {
    expectGolden("kubernetes/certificates.yaml", documents(objectsOf()));
  });

  if (noCrds === undefined) {
    test("pass cert-manager's own definitions, and so do issuers with every engine's solver", () => {
      const made = engines.flatMap((engine) =>
        issuers.flatMap((issuer) => issuerObjects(issuer, () => http01Solver(engine, [gateway]))),
      );
      expect([...objectsOf(), ...made].flatMap(refusalsOf)).toEqual([]);
    });
  } else {
    skipped("certificates are held against cert-manager's own definitions", noCrds);
  }
});

function secured(host: string, certificate: string, namespace: string): Route {
  return {
    ...route([host], [prefix("/")]),
    namespace,
    tls: { certificate, secretName: certificate, minVersion: "1.2", redirect: true },
  };
}

function house(): Issuer {
  const [first] = issuers;
  if (first === undefined) throw new Error("there is an issuer");
  return first;
}

function never(): never {
  throw new Error("nothing asks how a challenge comes in");
}
