import { type SimulatedControlPlane, startSimulated } from "../../../../lab/kubernetes/simulated";
import {
  clientCertificate,
  selfSignedAuthority,
  serverCertificate,
} from "../../../../lab/network/certificate";
import { createLabNetwork } from "../../../../lab/network";
import type { LabNetwork } from "../../../../lab/network/contract";
import { startStandIns, type StandIns } from "../../../../lab/providers";
import { enginesUnderTest } from "../engines";
import { skipped } from "../../../skipped";
import { surroundings } from "../surroundings";
import { openWorkspace, type Workspace } from "../workspace";

const address = "192.168.0.10";

describe.each(enginesUnderTest())("kubernetes against the lab's own API, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let plane: SimulatedControlPlane;
  let network: LabNetwork;
  let standIns: StandIns;
  let workspace: Workspace;
  let provider: Readonly<Record<string, string>>;

  beforeEach(async () => {
    const authority = await selfSignedAuthority("server-ca");
    const clients = await selfSignedAuthority("client-ca");
    const user = await clientCertificate(clients, { commonName: "admin", organization: "system:masters" });
    plane = await startSimulated({
      tls: { "client-ca.crt": clients.certificatePem },
      clusterCidr: "10.42.0.0/16",
      serviceCidr: "10.43.0.0/16",
      nodePortRange: [30000, 32767],
      hasQuorum: () => true,
      report: (text) => {
        throw new Error(text);
      },
    });
    await plane.registerNode(node);
    await plane.setNodeReady("node-1", true);
    network = await createLabNetwork();
    const serving = await serverCertificate(authority, "api", [address]);
    await network.attach(address, 6443, await plane.serve({ ...serving, names: [address] }));
    standIns = await startStandIns(["kubernetes"], {
      ...surroundings,
      environment: { HTTPS_PROXY: network.httpProxyUrl },
    });
    workspace = await openWorkspace(file, standIns, { TF_VAR_key: "open sesame" });
    provider = {
      host: `https://${address}:6443`,
      cluster_ca_certificate: authority.certificatePem,
      client_certificate: user.certificatePem,
      client_key: user.keyPem,
    };
  });

  afterEach(async () => {
    await workspace.close();
    await standIns.close();
    await plane.close();
    await network.close();
  });

  it("deploys a workload to where its pods answer, plans nothing afterwards, destroys to nothing", async () => {
    const before = (await plane.objects()).length;
    await workspace.apply(configuration(everything()));
    await plane.settled();
    expect((await workspace.engine("plan", "-detailed-exitcode")).code).toBe(0);
    const pods = (await plane.objects()).filter(({ kind }) => kind === "Pod");
    expect(pods).toMatchObject([{ status: { phase: "Running" } }, { status: { phase: "Running" } }]);
    await workspace.must("destroy", "-auto-approve");
    await plane.settled();
    const left = (await plane.objects()).filter(({ metadata }) => metadata.namespace === "shop");
    expect(left.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
    expect((await plane.objects()).length).toBe(before);
  });

  it("updates a workload that says by an annotation that it changed", async () => {
    await workspace.apply(configuration(everything("web:1")));
    await workspace.configure(configuration(everything("web:2")));
    expect(await workspace.planned()).toEqual({ "kubernetes_manifest.web": ["update"] });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    await plane.settled();
    expect(await workspace.planned()).toEqual({});
  });

  it("refuses a field that a kind does not have while planning", async () => {
    await plane.apply(boxDefinition);
    await plane.settled();
    const manifest = {
      apiVersion: "lab.test/v1",
      kind: "Box",
      metadata: { name: "one", namespace: "default" },
      spec: { lid: true, lids: 2 },
    };
    await workspace.configure(configuration({ kubernetes_manifest: { one: { manifest } } }));
    await workspace.must("init");
    const { code, output } = await workspace.engine("plan");
    expect(code).toBe(1);
    expect(output).toContain("Error: Manifest configuration incompatible with resource schema");
    expect(output).toContain("spec.lids");
  });

  function configuration(resource: unknown): unknown {
    return {
      terraform: { required_providers: { kubernetes: { source: "hashicorp/kubernetes" } } },
      provider: { kubernetes: provider },
      variable: { key: { type: "string", ephemeral: true } },
      resource,
    };
  }
});

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: "node-1" },
  status: {
    addresses: [{ type: "InternalIP", address: "192.168.0.21" }],
    allocatable: { cpu: "4", memory: "8Gi", pods: "110" },
    capacity: { cpu: "4", memory: "8Gi", pods: "110" },
  },
};

const boxDefinition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "boxes.lab.test" },
  spec: {
    group: "lab.test",
    scope: "Namespaced",
    names: { kind: "Box", listKind: "BoxList", plural: "boxes", singular: "box" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: { spec: { type: "object", properties: { lid: { type: "boolean" } } } },
          },
        },
      },
    ],
  },
};

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
  spec: { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
};

function everything(image = "web:1"): unknown {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
  const onNamespace = { depends_on: ["kubernetes_manifest.namespace"] };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", annotations: { "slipway.test/image": image } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image, ports: [{ containerPort: 8080 }] }] },
      },
    },
  };
  return {
    kubernetes_manifest: {
      namespace: { manifest: namespace },
      service: { manifest: service, ...onNamespace },
      web: { manifest: deployment, wait: [{ rollout: true }], ...onNamespace },
    },
    kubernetes_secret_v1: {
      key: {
        metadata: [{ name: "key", namespace: "shop" }],
        data_wo: { key: "${var.key}" },
        data_wo_revision: 1,
        ...onNamespace,
      },
    },
  };
}
