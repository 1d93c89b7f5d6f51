import { readCrds } from "../../../lab/charts";
import { Helm, type Order } from "../../../lab/providers/helm/releases";
import { addressed, FakeCluster } from "./helm-cluster";

const repository = "https://traefik.github.io/charts";

function orderOf(given: Partial<Order> = {}): Order {
  return {
    release: { name: "traefik", namespace: "traefik" },
    chart: { repository, chart: "traefik", version: "41.3.0" },
    values: {},
    createNamespace: false,
    skipCrds: false,
    wait: false,
    waitForJobs: false,
    timeout: 1,
    atomic: false,
    cleanupOnFail: false,
    maxHistory: 0,
    ...given,
  };
}

function setUp(...namespaces: string[]): { cluster: FakeCluster; helm: Helm } {
  const cluster = new FakeCluster(...namespaces);
  return { cluster, helm: new Helm(cluster, { crds: readCrds(), webhooks: "applied" }) };
}

const twoPods = { deployment: { replicas: 2 } };
const budget = { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } };

describe("a Helm release of the lab", () => {
  it("brings its objects in Helm's order, custom resources first, each marked as its own", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf({ values: budget }));

    expect(
      cluster.done.filter((each) => !each.includes("CustomResource") && !each.includes("Secret")),
    ).toEqual([
      "apply PodDisruptionBudget traefik",
      "apply ServiceAccount traefik",
      "apply ClusterRole traefik-traefik",
      "apply ClusterRoleBinding traefik-traefik",
      "apply Service traefik",
      "apply Deployment traefik",
      "apply IngressClass traefik",
    ]);
    expect(cluster.done[0]).toBe("create CustomResourceDefinition ingressroutes.traefik.io");
    const service = await cluster.get({
      apiVersion: "v1",
      kind: "Service",
      name: "traefik",
      namespace: "traefik",
    });
    expect(service?.metadata.labels).toMatchObject({ "app.kubernetes.io/managed-by": "Helm" });
    expect(service?.metadata.annotations).toMatchObject({
      "meta.helm.sh/release-name": "traefik",
      "meta.helm.sh/release-namespace": "traefik",
    });
  });

  it("is remembered in a Secret of Helm's own kind", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf());
    const [secret] = await cluster.secrets("traefik", { owner: "helm" });

    expect(secret).toMatchObject({
      type: "helm.sh/release.v1",
      metadata: {
        name: "sh.helm.release.v1.traefik.v1",
        labels: { name: "traefik", owner: "helm", status: "deployed", version: "1" },
      },
    });
    await expect(helm.last(orderOf().release)).resolves.toMatchObject({
      version: 1,
      info: { status: "deployed" },
    });
  });

  it("refuses a name that is in use", async () => {
    const { helm } = setUp("traefik");
    await helm.install(orderOf());

    await expect(helm.install(orderOf())).rejects.toThrow("cannot re-use a name that is still in use");
  });

  it("refuses a namespace that is not there, unless it is asked to make it", async () => {
    const { cluster, helm } = setUp();

    await expect(helm.install(orderOf())).rejects.toThrow(
      'create: failed to create: namespaces "traefik" not found',
    );
    expect(cluster.names("Deployment")).toEqual([]);
    await helm.install(orderOf({ createNamespace: true }));
    expect(cluster.names("Namespace")).toEqual(["traefik"]);
  });

  it("refuses an object that is there and not its own, in Helm's words, and brings nothing in", async () => {
    const { cluster, helm } = setUp("traefik");
    cluster.put({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "traefik",
        namespace: "traefik",
        labels: { "app.kubernetes.io/managed-by": "Helm" },
        annotations: { "meta.helm.sh/release-name": "other" },
      },
    });

    await expect(helm.install(orderOf())).rejects.toThrow(
      'Unable to continue with install: Service "traefik" in namespace "traefik" exists and cannot be imported into ' +
        "the current release: invalid ownership metadata; annotation validation error: key " +
        '"meta.helm.sh/release-name" must equal "traefik": current value is "other"; annotation validation error: ' +
        'missing key "meta.helm.sh/release-namespace": must be set to "traefik"',
    );
    expect(cluster.names("Deployment")).toEqual([]);
  });

  it("refuses an object of a kind that the API does not serve yet", async () => {
    const { helm } = setUp("traefik");
    const gateways = { providers: { kubernetesGateway: { enabled: true } } };

    await expect(helm.install(orderOf({ values: gateways }))).rejects.toThrow(
      'no matches for kind "GatewayClass" in version "gateway.networking.k8s.io/v1"\nensure CRDs are installed first',
    );
  });

  it("leaves a chart's custom resources alone that are there already", async () => {
    const { cluster, helm } = setUp("traefik");
    const name = "middlewares.traefik.io";
    cluster.put({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name, labels: { from: "elsewhere" } },
    });
    await helm.install(orderOf());

    expect(cluster.done.filter((each) => each.includes("CustomResource"))).toHaveLength(9);
    expect(cluster.done).not.toContain(`create CustomResourceDefinition ${name}`);
  });

  it("makes no custom resources of the crds folder when it is told so", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf({ skipCrds: true }));

    expect(cluster.names("CustomResourceDefinition")).toEqual([]);
  });

  it("fails when an ingress is waited for whose address only a later stack's pool gives, and names it", async () => {
    const { helm } = setUp("traefik");

    await expect(helm.install(orderOf({ wait: true }))).rejects.toThrow(
      "context deadline exceeded\n" +
        "(the lab adds:) not ready after 1 s:\n" +
        "  Service traefik/traefik: does not have load balancer ingress IP address",
    );
    await expect(helm.last(orderOf().release)).resolves.toMatchObject({ info: { status: "failed" } });
  });

  it("does not fail where it is not waited for, or has its address", async () => {
    const pool = setUp("traefik");
    pool.cluster.live = addressed;

    await expect(setUp("traefik").helm.install(orderOf())).resolves.toMatchObject({ version: 1 });
    await expect(pool.helm.install(orderOf({ wait: true }))).resolves.toMatchObject({ version: 1 });
  });

  it("fails when pods do not come up in time, and names whose", async () => {
    const { cluster, helm } = setUp("traefik");
    cluster.live = (object) =>
      object.kind === "Deployment"
        ? { ...object, status: { observedGeneration: 1, readyReplicas: 1 } }
        : addressed(object);

    await expect(helm.install(orderOf({ wait: true, values: twoPods }))).rejects.toThrow(
      "  Deployment traefik/traefik: 0 out of 2 expected pods are ready",
    );
  });

  it("leaves nothing of its objects when it is atomic and fails", async () => {
    const { cluster, helm } = setUp("traefik");

    await expect(helm.install(orderOf({ atomic: true }))).rejects.toThrow(
      "release traefik failed, and has been uninstalled due to atomic being set: context deadline exceeded",
    );
    expect(cluster.names("Deployment")).toEqual([]);
    expect(cluster.names("Secret")).toEqual([]);
    expect(cluster.names("CustomResourceDefinition")).toHaveLength(10);
  });

  it("takes away in an upgrade what is rendered no more", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf({ values: budget }));
    const upgraded = await helm.upgrade(orderOf({ values: twoPods }));

    expect(upgraded).toMatchObject({ version: 2, info: { status: "deployed" } });
    expect(cluster.names("PodDisruptionBudget")).toEqual([]);
    expect(cluster.names("Deployment")).toEqual(["traefik"]);
    const secrets = await cluster.secrets("traefik", { owner: "helm" });
    expect(secrets.map(({ metadata }) => metadata.labels?.["status"])).toEqual(["superseded", "deployed"]);
  });

  it("goes back to the revision before when an atomic upgrade fails", async () => {
    const { cluster, helm } = setUp("traefik");
    cluster.live = addressed;
    await helm.install(orderOf({ values: twoPods }));
    cluster.live = (object) => (object.kind === "Deployment" ? object : addressed(object));

    await expect(
      helm.upgrade(orderOf({ atomic: true, values: { deployment: { replicas: 3 } } })),
    ).rejects.toThrow(
      "release traefik failed, and has been rolled back due to atomic being set: context deadline exceeded",
    );
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", name: "traefik", namespace: "traefik" };
    expect(await cluster.get(deployment)).toMatchObject({ spec: { replicas: 2 } });
    await expect(helm.last(orderOf().release)).resolves.toMatchObject({
      version: 3,
      info: { status: "deployed", description: "Rollback to 1" },
    });
  });

  it("remembers no more revisions than it may", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf());
    for (const replicas of [2, 3, 4, 5])
      await helm.upgrade(orderOf({ maxHistory: 2, values: { deployment: { replicas } } }));
    const secrets = await cluster.secrets("traefik", { owner: "helm" });

    expect(secrets.map(({ metadata }) => metadata.name)).toEqual([
      "sh.helm.release.v1.traefik.v4",
      "sh.helm.release.v1.traefik.v5",
    ]);
  });

  it("is gone to the last object when it is uninstalled, but for the custom resources of its crds folder", async () => {
    const { cluster, helm } = setUp("traefik");
    await helm.install(orderOf());
    await helm.uninstall(orderOf().release, { wait: true, timeout: 1 });

    expect([...cluster.objects.values()].map(({ kind }) => kind)).toEqual([
      "Namespace",
      ...Array.from({ length: 10 }, () => "CustomResourceDefinition"),
    ]);
    await expect(helm.last(orderOf().release)).resolves.toBeUndefined();
  });

  it("keeps what its chart says is to be kept", async () => {
    const { cluster, helm } = setUp("cert-manager");
    const release = { name: "cert-manager", namespace: "cert-manager" };
    const chart = { repository: "oci://quay.io/jetstack/charts", chart: "cert-manager", version: "v1.21.1" };
    await helm.install(orderOf({ release, chart, values: { crds: { enabled: true } } }));
    await helm.uninstall(release, { wait: false, timeout: 1 });

    expect(cluster.names("CustomResourceDefinition")).toHaveLength(6);
    expect(cluster.names("Deployment")).toEqual([]);
  });

  it("leaves webhooks out where nobody would answer them", async () => {
    const cluster = new FakeCluster("cert-manager");
    const helm = new Helm(cluster, { crds: readCrds(), webhooks: "left out" });
    const release = { name: "cert-manager", namespace: "cert-manager" };
    const chart = { repository: "oci://quay.io/jetstack/charts", chart: "cert-manager", version: "v1.21.1" };
    await helm.install(orderOf({ release, chart }));

    expect(cluster.names("ValidatingWebhookConfiguration")).toEqual([]);
    expect(cluster.names("Service")).toContain("cert-manager-webhook");
  });
});
