import { readCrds } from "../../../lab/charts";
import { helmProvider } from "../../../lab/providers/helm";
import { attach, type StandIns } from "../../../lab/providers/protocol/attach";
import { enginesUnderTest } from "./engines";
import { type HelmApi, startHelmApi } from "./helm-api";
import { skipped } from "../../skipped";
import { openWorkspace, type Workspace } from "./workspace";

const releases = {
  metallb: {
    name: "metallb",
    repository: "https://metallb.github.io/metallb",
    chart: "metallb",
    version: "0.16.1",
    namespace: "metallb-system",
    values: [JSON.stringify({ frrk8s: { enabled: false }, controller: { webhookMode: "disabled" } })],
    wait: true,
    timeout: 30,
  },
  traefik: {
    name: "traefik",
    repository: "https://traefik.github.io/charts",
    chart: "traefik",
    version: "41.3.0",
    namespace: "traefik",
    values: ["deployment:\n  replicas: 2\n"],
    wait: false,
    max_history: 5,
  },
};

type Releases = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe.each(enginesUnderTest())("Helm's stand-in with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("releases are made", file.missing);
    return;
  }

  let api: HelmApi;
  let standIns: StandIns;
  let workspace: Workspace;

  beforeEach(async () => {
    api = await startHelmApi("metallb-system", "traefik");
    standIns = await attach([helmProvider({ crds: readCrds(), webhooks: "applied" })]);
    workspace = await openWorkspace(file, standIns);
  });

  afterEach(async () => {
    await workspace.close();
    await standIns.close();
    await api.close();
  });

  const configuration = (helm_release: Releases, kubernetes = api.kubernetes) => ({
    terraform: { required_providers: { helm: { source: "hashicorp/helm", version: "3.1.1" } } },
    provider: { helm: { kubernetes } },
    resource: { helm_release },
  });
  const complaint = async (given: Releases): Promise<string> => {
    await workspace.configure(configuration(given));
    await workspace.must("init");
    const finished = await workspace.engine("apply", "-auto-approve");
    expect(finished.code).toBe(1);
    return finished.output.replace(/\s*\n[│ ]*/g, " ");
  };

  it("installs, then plans nothing, then leaves nothing of its objects", async () => {
    await workspace.apply(configuration(releases));

    expect(await api.names("Deployment", "traefik")).toEqual(["traefik"]);
    expect(await api.names("DaemonSet", "metallb-system")).toEqual(["metallb-speaker"]);
    expect(await api.names("Secret", "traefik")).toContain("sh.helm.release.v1.traefik.v1");
    expect(await workspace.planned()).toEqual({});
    expect((await workspace.state())["helm_release.traefik"]).toMatchObject({
      id: "traefik",
      status: "deployed",
      metadata: {
        chart: "traefik",
        app_version: "v3.7.11",
        revision: 1,
        values: '{"deployment":{"replicas":2}}',
      },
    });

    await workspace.must("destroy", "-auto-approve");
    for (const kind of ["Deployment", "DaemonSet", "Service", "Secret", "ServiceAccount"]) {
      expect(await api.names(kind, "traefik")).toEqual(kind === "ServiceAccount" ? ["default"] : []);
      expect(await api.names(kind, "metallb-system")).toEqual(kind === "ServiceAccount" ? ["default"] : []);
    }
  });

  it("upgrades the one release whose values changed", async () => {
    await workspace.apply(configuration(releases));
    const changed = {
      ...releases,
      traefik: { ...releases.traefik, values: ["deployment:\n  replicas: 3\n"] },
    };
    await workspace.configure(configuration(changed));

    expect(await workspace.planned()).toEqual({ "helm_release.traefik": ["update"] });
    await workspace.must("apply", "-auto-approve");
    expect(await workspace.planned()).toEqual({});
    expect((await workspace.state())["helm_release.traefik"]).toMatchObject({ metadata: { revision: 2 } });
  });

  it("makes a release again that the cluster has lost", async () => {
    await workspace.apply(configuration(releases));
    const other = await startHelmApi("metallb-system", "traefik");
    await workspace.configure(configuration(releases, other.kubernetes));

    expect(await workspace.planned()).toEqual({
      "helm_release.metallb": ["create"],
      "helm_release.traefik": ["create"],
    });
    await other.close();
  });

  it("fails when an ingress is waited for before its pool exists, and names its Service", async () => {
    const said = await complaint({ traefik: { ...releases.traefik, wait: true, timeout: 3 } });

    expect(said).toContain('Helm release "traefik" was created but has a failed status');
    expect(said).toContain("Helm release error");
    expect(said).toContain("context deadline exceeded");
    expect(said).toContain("Service traefik/traefik: does not have load balancer ingress IP address");
    expect(said).not.toContain("Deployment traefik/traefik");
    expect(await complaint({ traefik: releases.traefik })).toContain(
      "cannot re-use a name that is still in use",
    );
  });

  it("refuses a namespace that is not there", async () => {
    expect(await complaint({ traefik: { ...releases.traefik, namespace: "edge" } })).toContain(
      'create: failed to create: namespaces "edge" not found',
    );
  });

  it("refuses a value that the chart does not know while it plans, and does nothing", async () => {
    const said = await complaint({
      traefik: { ...releases.traefik, values: ["deployment:\n  replica: 2\n"] },
    });

    expect(said).toContain("values.deployment.replica: no such value is known");
    expect(await api.names("Secret", "traefik")).toEqual([]);
  });

  it("refuses a chart that the lab does not have, with those that it has", async () => {
    const said = await complaint({ traefik: { ...releases.traefik, version: "41.4.0" } });

    expect(said).toContain("The lab has no rendering of chart traefik 41.4.0");
    expect(said).toContain("traefik 41.3.0 from https://traefik.github.io/charts");
  });

  it("refuses what it would have to pass over in silence", async () => {
    const set = [{ name: "deployment.replicas", value: "3" }];

    expect(await complaint({ traefik: { ...releases.traefik, set } })).toContain(
      "does not know what a release does with set",
    );
  });
});
