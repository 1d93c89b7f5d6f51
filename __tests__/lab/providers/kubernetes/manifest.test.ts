import { enginesUnderTest } from "../engines";
import { changed, onNamespace, pool, service, servicePath, shop, withClusterIp, ports } from "./objects";
import { skipped } from "../../../skipped";
import { openStand, poolKind, type Stand } from "./stand";

describe.each(enginesUnderTest())("kubernetes_manifest in the lab, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let stand: Stand;
  const configure = (resource: unknown): Promise<void> =>
    stand.workspace.configure(stand.configuration({ kubernetes_manifest: resource }));
  const apply = (resource: unknown): Promise<string> =>
    stand.workspace.apply(stand.configuration({ kubernetes_manifest: resource }));
  const fails = async (resource: unknown, command = "plan"): Promise<string> => {
    await configure(resource);
    await stand.workspace.must("init");
    return command === "plan" ? stand.fails("plan") : stand.fails("apply", "-auto-approve");
  };

  beforeEach(async () => {
    stand = await openStand(file);
  });
  afterEach(() => stand.close());

  it("applies by server-side apply as Terraform, plans nothing afterwards, destroys to nothing", async () => {
    stand.api.admit = withClusterIp;
    await apply({ namespace: { manifest: shop }, web: { manifest: service, depends_on: [onNamespace] } });
    expect(stand.api.requests).toContain(
      "PATCH /api/v1/namespaces/shop/services/web?fieldValidation=Strict&fieldManager=Terraform&force=false",
    );
    expect(stand.api.objects.get(servicePath)).toMatchObject({ spec: { ports, clusterIP: "10.43.0.7" } });
    expect((await stand.workspace.engine("plan", "-detailed-exitcode")).code).toBe(0);
    expect((await stand.workspace.state())["kubernetes_manifest.web"]).toMatchObject({
      object: { value: { spec: { clusterIP: "10.43.0.7" } } },
    });
    expect(JSON.stringify(await stand.workspace.state())).not.toContain("managedFields");
    await stand.workspace.must("destroy", "-auto-approve");
    expect([...stand.api.objects.keys()]).toEqual([]);
  });

  it("refuses to plan a kind that the API does not serve yet", async () => {
    const printed = await fails({ pool: { manifest: pool } });
    expect(printed).toContain(
      "Error: API did not recognize GroupVersionKind from manifest (CRD may not be installed) with kubernetes_manifest.pool",
    );
    expect(printed).toContain('no matches for kind "IPAddressPool" in group "metallb.io"');
  });

  it("plans the kind once it is there, and refuses another version of it", async () => {
    stand.api.kinds.add(poolKind);
    await apply({ pool: { manifest: pool } });
    const printed = await fails({ pool: { manifest: { ...pool, apiVersion: "metallb.io/v1" } } });
    expect(printed).toContain("cannot select exact GV from REST mapper");
  });

  it("refuses to refresh an object whose kind is gone", async () => {
    stand.api.kinds.add(poolKind);
    await apply({ pool: { manifest: pool } });
    stand.api.kinds.delete(poolKind);
    expect(await stand.fails("plan")).toContain(
      "Error: Failed to determine GroupVersionResource for manifest",
    );
  });

  it("refuses a plan while the API cannot be reached, in the words of the real one", async () => {
    await stand.disconnect();
    const printed = await fails({ namespace: { manifest: shop } });
    expect(printed).toContain("Error: Invalid configuration for API client");
    expect(printed).toContain('Get "https://192.168.0.10:6443/apis": Bad Gateway');
  });

  it.each([
    [
      "a namespaced kind without a namespace",
      { name: "web" },
      "Service",
      "Namespace required",
      "Resources of type '/v1, Kind=Service' require a namespace",
    ],
    [
      "a kind of the whole cluster with one",
      { name: "a", namespace: "b" },
      "Namespace",
      "Cluster level resource cannot take namespace",
      "Resources of type '/v1, Kind=Namespace' cannot have a namespace",
    ],
  ])("refuses %s", async (_, metadata, kind, summary, detail) => {
    const printed = await fails({ one: { manifest: { apiVersion: "v1", kind, metadata } } });
    expect(printed).toContain(`Error: ${summary}`);
    expect(printed).toContain(detail);
  });

  it("refuses a manifest without its parts, with a status, and two waits", async () => {
    const printed = await fails({
      one: {
        manifest: { kind: "Service", metadata: {}, status: {} },
        wait: [{ rollout: true, fields: { "status.phase": "Active" } }],
        timeouts: [{ create: "soon" }],
      },
    });
    expect(printed).toContain("'apiVersion' attribute key is missing from manifest configuration");
    expect(printed).toContain("'status' attribute key is not allowed in manifest configuration");
    expect(printed).toContain("Error: Invalid wait configuration");
    expect(printed).toContain('time: invalid duration "soon"');
  });

  it("refuses a field that the kind does not have while planning", async () => {
    stand.api.refuse = (request) =>
      request.includes("dryRun=All")
        ? { code: 400, reason: "BadRequest", message: 'strict decoding error: unknown field "spec.prots"' }
        : undefined;
    const printed = await fails({ web: { manifest: service } });
    expect(printed).toContain("Error: Manifest configuration incompatible with resource schema");
    expect(printed).toContain('unknown field "spec.prots"');
  });

  it("refuses to create what is there already", async () => {
    stand.api.objects.set(servicePath, service);
    const printed = await fails({ web: { manifest: service } }, "apply");
    expect(printed).toContain("Error: Cannot create resource that already exists");
    expect(printed).toContain('resource "shop/web" already exists');
  });

  it("says who holds a field in a conflict, and takes it when told to", async () => {
    stand.api.refuse = (request) =>
      request.includes("force=false") && !request.includes("dryRun")
        ? {
            code: 409,
            reason: "Conflict",
            message: 'Apply failed with 1 conflict: conflict with "kubectl": .spec',
          }
        : undefined;
    const printed = await fails({ web: { manifest: service } }, "apply");
    expect(printed).toContain(
      'Error: There was a field manager conflict when trying to apply the manifest for "shop/web"',
    );
    await apply({ web: { manifest: service, field_manager: [{ name: "slipway", force_conflicts: true }] } });
    expect(stand.api.requests).toContain(
      "PATCH /api/v1/namespaces/shop/services/web?fieldValidation=Strict&fieldManager=slipway&force=true",
    );
  });

  it("shows every cause of the API's refusal", async () => {
    stand.api.refuse = (request) =>
      request.startsWith("PATCH") && !request.includes("dryRun")
        ? {
            code: 422,
            reason: "Invalid",
            message: 'Service "web" is invalid',
            details: {
              name: "web",
              kind: "Service",
              causes: [{ field: "spec.ports", message: "Required value" }],
            },
          }
        : undefined;
    const printed = await fails({ web: { manifest: service } }, "apply");
    expect(printed).toContain("Error: API response status: Failure");
    expect(printed).toContain("Error: Kubernetes API Error: Invalid Service [web]");
    expect(printed).toContain("Error: spec.ports");
  });

  it("plans back what drifted, and only what the manifest says", async () => {
    stand.api.admit = withClusterIp;
    await apply({ web: { manifest: service } });
    const found = stand.api.objects.get(servicePath);
    if (found === undefined) throw new Error("the Service is not there");
    stand.api.objects.set(servicePath, changed(found, ["spec", "sessionAffinity"], "ClientIP"));
    expect(await stand.workspace.planned()).toEqual({});
    stand.api.objects.set(servicePath, changed(found, ["spec", "type"], "NodePort"));
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["update"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect(stand.api.objects.get(servicePath)).toMatchObject({ spec: { type: "ClusterIP" } });
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("plans again what is gone", async () => {
    await apply({ web: { manifest: service } });
    stand.api.objects.clear();
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["create"] });
  });

  it("replaces an object of another name, and updates another field", async () => {
    await apply({ web: { manifest: service } });
    await configure({ web: { manifest: { ...service, spec: { ...service.spec, ports: [{ port: 81 }] } } } });
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["update"] });
    await configure({ web: { manifest: { ...service, metadata: { name: "www", namespace: "shop" } } } });
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["delete", "create"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect([...stand.api.objects.keys()]).toEqual(["/api/v1/namespaces/shop/services/www"]);
  });

  it("refuses a result that is not what was planned, and keeps the object tainted", async () => {
    stand.api.admit = (object) => changed(object, ["spec", "type"], "ExternalName");
    const printed = await fails({ web: { manifest: service } }, "apply");
    expect(printed).toContain("Error: Provider produced inconsistent result after apply");
    expect(printed).toContain(
      'unexpected new value: .object.spec.type: was cty.StringVal("ClusterIP"), but now cty.StringVal("ExternalName")',
    );
    await configure({ web: { manifest: service, computed_fields: ["spec.type"] } });
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["delete", "create"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("lets the API add labels and annotations without a plan", async () => {
    stand.api.admit = (object) =>
      changed(object, ["metadata", "labels", "kubernetes.io/metadata.name"], object.metadata.name);
    await apply({ namespace: { manifest: shop } });
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("plans a manifest that another resource completes", async () => {
    const name = "${terraform_data.later.output}";
    const resource = {
      terraform_data: { later: { input: "shop" } },
      kubernetes_manifest: { one: { manifest: { apiVersion: "v1", kind: "Namespace", metadata: { name } } } },
    };
    await stand.workspace.apply(stand.configuration(resource));
    expect([...stand.api.objects.keys()]).toEqual(["/api/v1/namespaces/shop"]);
    expect(await stand.workspace.planned()).toEqual({});
  });
});
