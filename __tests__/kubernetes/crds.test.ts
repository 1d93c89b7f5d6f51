import type { KubernetesObject } from "../../kubernetes/object";
import { noCrds, refusalsOf } from "./crds";
import { skipped } from "../skipped";

const pool = (spec: KubernetesObject["spec"], metadata = {}): KubernetesObject => ({
  apiVersion: "metallb.io/v1beta1",
  kind: "IPAddressPool",
  metadata: { name: "default", namespace: "metallb-system", ...metadata },
  spec,
});
const gateway = (listeners: readonly object[]): KubernetesObject => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "web", namespace: "traefik" },
  spec: { gatewayClassName: "traefik", listeners: listeners.map((each) => ({ ...each })) },
});
const listener = { name: "http", port: 8000, protocol: "HTTP" };

if (noCrds === undefined) {
  test("an object that its CRD describes is accepted", () => {
    expect(refusalsOf(pool({ addresses: ["192.168.0.240-192.168.0.250"], autoAssign: true }))).toEqual([]);
    expect(refusalsOf(gateway([listener, { ...listener, name: "http-2", port: 8001 }]))).toEqual([]);
  });

  test("refuses a field that the CRD does not name, at any depth", () => {
    expect(refusalsOf(pool({ addresses: [], adresses: [] }))).toEqual([expect.stringContaining("adresses")]);
    expect(refusalsOf(gateway([{ ...listener, hostnames: ["a.com"] }]))).toEqual([
      expect.stringContaining("hostnames"),
    ]);
    expect(refusalsOf({ ...pool({ addresses: [] }), sepc: {} })).toEqual([expect.stringContaining("sepc")]);
  });

  test("refuses a wrong type, a missing field and a value outside its list", () => {
    expect(refusalsOf(pool({ addresses: "192.168.0.240" }))).toHaveLength(1);
    expect(refusalsOf(pool({}))).toHaveLength(1);
    expect(refusalsOf(gateway([{ ...listener, tls: { mode: "Open" } }]))).toHaveLength(1);
  });

  test("refuses an entry twice in a list with keys", () => {
    expect(refusalsOf(gateway([listener, listener]))).toEqual([expect.stringContaining("twice")]);
  });

  test("refuses a namespace too many, a missing one, and names and labels that Kubernetes does not take", () => {
    expect(refusalsOf({ ...gateway([listener]), metadata: { name: "web" } })).toHaveLength(1);
    expect(refusalsOf(pool({ addresses: [] }, { name: "De_fault" }))).toHaveLength(1);
    expect(refusalsOf(pool({ addresses: [] }, { labels: { a: "x".repeat(64) } }))).toHaveLength(1);
    expect(
      refusalsOf({
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "GatewayClass",
        metadata: { name: "traefik", namespace: "traefik" },
        spec: { controllerName: "traefik.io/gateway-controller" },
      }),
    ).toHaveLength(1);
  });
} else {
  skipped("objects are held against upstream's definitions", noCrds);
}
