import type { EngineName, Ingress } from "../../../config/model/ingress";
import type { Chart } from "../../../kubernetes/chart";
import { certManager } from "../../../kubernetes/charts/cert-manager";
import { longhorn } from "../../../kubernetes/charts/longhorn";
import { engines } from "../../../kubernetes/ingress";
import { platformCharts } from "../../../kubernetes/platform-charts";
import { charts } from "../../../versions";
import { chartRenderers, findChart, readCrds } from "../../../lab/charts";
import { connect } from "../../../lab/providers/helm/connect";
import { Helm } from "../../../lab/providers/helm/releases";
import { valuesOf } from "../../../lab/providers/helm/values";
import { clusterOf, ipv4, network } from "../../kubernetes/ingress/istio-and-nginx";
import { startHelmApi } from "../providers/helm-api";

const plain: Partial<Ingress> = { replicas: 1, accessLogs: false, metrics: false };
const full: Partial<Ingress> = {
  replicas: 2,
  accessLogs: true,
  metrics: true,
  trusts: [ipv4("192.168.0.100")],
  proxyProtocol: [network("192.168.0.0/24")],
};

describe("what the program asks of charts", () => {
  it("is of charts that the lab has", () => {
    const rendered = chartRenderers.map(({ repository, chart, version }) => ({ repository, chart, version }));

    expect(rendered).toEqual(expect.arrayContaining(Object.values(charts)));
    expect(rendered).toHaveLength(Object.values(charts).length);
  });

  it.each(names())("is known to the lab with %s, whether little is asked for or much", (engine) => {
    for (const ingress of [plain, full])
      for (const { values, chart, repository, version, release, namespace } of chartsOf(engine, ingress)) {
        const renderer = findChart({ repository, chart, version });
        const { objects } = renderer.render(values, { name: release, namespace: namespace.name }, readCrds());
        expect(objects.length).toBeGreaterThan(0);
      }
  });

  it.each(names())("is taken with %s, to the last field, by an API that checks them", async (engine) => {
    const api = await startHelmApi();
    const settings = { token: null, tls_server_name: null, insecure: null, proxy_url: null };
    const cluster = connect({ kubernetes: { ...settings, ...api.kubernetes } }, {});
    const helm = new Helm(cluster, { crds: readCrds(), webhooks: "applied" });

    for (const chart of chartsOf(engine, full)) {
      const release = await helm.install(orderOf(chart));
      expect(release).toMatchObject({ name: chart.release, info: { status: "deployed" } });
    }
    await api.close();
  });
});

/** chartsOf RKE2 1.36, which takes every engine and brings no Gateway API. */
function chartsOf(engine: EngineName, ingress: Partial<Ingress>): readonly Chart[] {
  const given = clusterOf([], { ...ingress, engine });
  const cluster = { ...given, rke2: { ...given.rke2, version: "v1.36.5+rke2r1" } };
  return [...platformCharts(cluster, engines[engine]), certManager(cluster), longhorn(cluster)];
}

function names() {
  return ["traefik", "gateway-api/traefik", "gateway-api/istio", "istio", "ingress-nginx"] as const;
}

function orderOf(chart: Chart) {
  return {
    release: { name: chart.release, namespace: chart.namespace.name },
    chart,
    values: valuesOf([JSON.stringify(chart.values)]),
    createNamespace: true,
    skipCrds: false,
    wait: chart.wait,
    waitForJobs: false,
    timeout: 20,
    atomic: false,
    cleanupOnFail: false,
    maxHistory: 5,
  };
}
