import { enginesUnderTest } from "../engines";
import { changed, deployment, rolledOut, shop } from "./objects";
import { skipped } from "../../../skipped";
import { openStand, type Stand } from "./stand";

describe.each(enginesUnderTest())("what kubernetes_manifest waits for, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let stand: Stand;
  const configure = (resource: unknown): Promise<void> =>
    stand.workspace.configure(stand.configuration({ kubernetes_manifest: resource }));
  const apply = (resource: unknown): Promise<string> =>
    stand.workspace.apply(stand.configuration({ kubernetes_manifest: resource }));

  beforeEach(async () => {
    stand = await openStand(file);
  });
  afterEach(() => stand.close());

  it("waits for a rollout, and fails like the real one when a Deployment gets a new revision meanwhile", async () => {
    stand.api.admit = rolledOut;
    await apply({ web: { manifest: deployment("1"), wait: [{ rollout: true }] } });
    expect(await stand.workspace.planned()).toEqual({});
    await configure({ web: { manifest: deployment("2"), wait: [{ rollout: true }] } });
    const printed = await stand.fails("apply", "-auto-approve");
    expect(printed).toContain(
      '.object.metadata.annotations["deployment.kubernetes.io/revision"]: was cty.StringVal("1"), but now cty.StringVal("2")',
    );
    const annotated = (image: string) => ({
      manifest: changed(deployment(image), ["metadata", "annotations"], { image }),
      wait: [{ rollout: true }],
    });
    await configure({ web: annotated("3") });
    await stand.workspace.must("apply", "-auto-approve");
    await configure({ web: annotated("4") });
    await stand.workspace.must("apply", "-auto-approve");
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("waits no longer than its timeout, and keeps the object tainted", async () => {
    await configure({
      web: { manifest: deployment("1"), wait: [{ rollout: true }], timeouts: [{ create: "300ms" }] },
    });
    await stand.workspace.must("init");
    const printed = await stand.fails("apply", "-auto-approve");
    expect(printed).toContain("Error: Operation timed out");
    expect(printed).toContain("timed out waiting on rollout to complete");
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_manifest.web": ["delete", "create"] });
  });

  it("waits for fields and conditions", async () => {
    stand.api.admit = (object) =>
      changed(object, ["status"], { phase: "Active", conditions: [{ type: "Ready", status: "True" }] });
    await apply({
      one: { manifest: shop, wait: [{ fields: { "status.phase": "^Act" } }] },
      two: {
        manifest: changed(shop, ["metadata", "name"], "two"),
        wait: [{ condition: [{ type: "Ready", status: "True" }] }],
      },
    });
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("waits until an object that a finalizer holds is gone, and says so when it stays", async () => {
    const held = { ...shop, metadata: { name: "shop", finalizers: ["lab/held"] } };
    await apply({ one: { manifest: held, timeouts: [{ delete: "300ms" }] } });
    expect(await stand.fails("destroy", "-auto-approve")).toContain(
      'Error: Timed out when waiting for resource "shop" to be deleted',
    );
    stand.api.objects.set("/api/v1/namespaces/shop", shop);
    await stand.workspace.must("destroy", "-auto-approve");
    expect(await stand.workspace.must("state", "list")).toBe("");
  });
});
