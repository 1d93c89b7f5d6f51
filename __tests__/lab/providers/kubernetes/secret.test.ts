import { recordAt } from "../../../../lab/kubernetes/json";
import { enginesUnderTest } from "../engines";
import { skipped } from "../../../skipped";
import { openStand, type Stand } from "./stand";

describe.each(enginesUnderTest())("kubernetes_secret_v1 in the lab, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let stand: Stand;
  const apply = (secret: unknown): Promise<string> => stand.workspace.apply(configuration(secret));
  const configuration = (secret: unknown): unknown =>
    stand.configuration(
      { kubernetes_secret_v1: { key: secret } },
      { variable: { key: { type: "string", ephemeral: true } } },
    );
  const held = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(recordAt(stand.api.objects.get(path), "data")).map(([key, value]) => [
        key,
        Buffer.from(value, "base64").toString("utf8"),
      ]),
    );

  beforeEach(async () => {
    stand = await openStand(file, { TF_VAR_key: "first secret" });
  });
  afterEach(() => stand.close());

  it("writes write-only data that neither plan nor state holds, and plans nothing afterwards", async () => {
    await stand.workspace.configure(configuration(writeOnly(1)));
    await stand.workspace.must("init");
    await stand.workspace.must("plan", "-out=plan.bin");
    const plan = await stand.workspace.must("show", "-json", "plan.bin");
    const printed = await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect(held()).toEqual({ key: "first secret" });
    const state = (await stand.workspace.state())["kubernetes_secret_v1.key"];
    expect(state).toMatchObject({
      id: "shop/key",
      type: "Opaque",
      data: null,
      data_wo: null,
      data_wo_revision: 1,
      metadata: [{ name: "key", namespace: "shop", uid: "uid-of-key" }],
    });
    for (const text of [plan, printed, JSON.stringify(state)]) {
      expect(text).not.toContain("first secret");
      expect(text).not.toContain(Buffer.from("first secret").toString("base64"));
    }
    expect((await stand.workspace.engine("plan", "-detailed-exitcode")).code).toBe(0);
  });

  it("writes the present values when the revision rises, and only then", async () => {
    await apply(writeOnly(1));
    const other = ["-var", "key=second secret"];
    await stand.workspace.must("apply", "-auto-approve", ...other);
    expect(held()).toEqual({ key: "first secret" });
    await stand.workspace.configure(configuration({ ...writeOnly(2), data_wo: { other: "${var.key}" } }));
    await stand.workspace.must("apply", "-auto-approve", ...other);
    expect(held()).toEqual({ other: "second secret" });
    expect(await stand.workspace.must("state", "pull")).not.toContain("second secret");
    expect((await stand.workspace.engine("plan", "-detailed-exitcode")).code).toBe(0);
  });

  it("writes nothing of a write-only map that has no revision", async () => {
    await apply({ metadata, data_wo: { key: "${var.key}" } });
    expect(held()).toEqual({});
  });

  it("plans back data that drifted, and leaves what the cluster adds to the metadata", async () => {
    await apply({ metadata, data: { user: "admin" } });
    expect(held()).toEqual({ user: "admin" });
    const found = stand.api.objects.get(path);
    if (found === undefined) throw new Error("the Secret is not there");
    const labels = { ...found.metadata.labels, "cluster.kubernetes.io/x": "y" };
    stand.api.objects.set(path, { ...found, metadata: { ...found.metadata, labels } });
    expect(await stand.workspace.planned()).toEqual({});
    stand.api.objects.set(path, { ...found, data: { user: "cm9vdA==" } });
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_secret_v1.key": ["update"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect(held()).toEqual({ user: "admin" });
  });

  it("takes labels away that are no longer said, and keeps those of others", async () => {
    await apply({ metadata: [{ ...name, labels: { a: "1", b: "2" } }], data: {} });
    await stand.workspace.configure(configuration({ metadata: [{ ...name, labels: { b: "3" } }], data: {} }));
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_secret_v1.key": ["update"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    expect(stand.api.objects.get(path)?.metadata.labels).toEqual({ b: "3" });
    expect(await stand.workspace.planned()).toEqual({});
  });

  it("replaces a secret of another name or type, and one that was immutable", async () => {
    await apply({ metadata, data: { a: "1" }, immutable: true });
    const replaced = { "kubernetes_secret_v1.key": ["delete", "create"] };
    for (const secret of [
      { metadata: [{ name: "other", namespace: "shop" }], data: { a: "1" }, immutable: true },
      { metadata, data: { a: "1" }, immutable: true, type: "kubernetes.io/tls" },
      { metadata, data: { a: "2" }, immutable: true },
    ]) {
      await stand.workspace.configure(configuration(secret));
      expect(await stand.workspace.planned()).toEqual(replaced);
    }
  });

  it("plans again what is gone, and destroys to nothing", async () => {
    await apply(writeOnly(1));
    stand.api.objects.clear();
    expect(await stand.workspace.planned()).toEqual({ "kubernetes_secret_v1.key": ["create"] });
    await stand.workspace.must("apply", "-auto-approve", "plan.bin");
    await stand.workspace.must("destroy", "-auto-approve");
    expect([...stand.api.objects.keys()]).toEqual([]);
  });

  it("waits for the token of a service account", async () => {
    stand.api.admit = (object) => ({ ...object, data: { token: "dA==" } });
    await apply({ metadata, type: "kubernetes.io/service-account-token" });
    stand.api.admit = (object) => object;
    await stand.workspace.configure(
      configuration({
        metadata: [{ name: "slow", namespace: "shop" }],
        type: "kubernetes.io/service-account-token",
        timeouts: { create: "300ms" },
      }),
    );
    expect(await stand.fails("apply", "-auto-approve")).toContain(
      'Error: Waiting for secret "shop/slow" to create service account token',
    );
  });

  it("refuses two maps, a revision without a map, and one below 1", async () => {
    await stand.workspace.configure(
      configuration({
        metadata,
        data: { a: "1" },
        data_wo: { a: "1" },
        data_wo_revision: 0,
        binary_data_wo_revision: 1,
      }),
    );
    await stand.workspace.must("init");
    const printed = await stand.fails("validate");
    expect(printed).toContain('"data_wo": conflicts with data');
    expect(printed).toContain("expected data_wo_revision to be at least (1), got 0");
    expect(printed).toContain(
      '"binary_data_wo_revision": all of `binary_data_wo,binary_data_wo_revision` must be specified',
    );
  });

  it("refuses in the API's words", async () => {
    stand.api.refuse = (request) =>
      request.startsWith("POST")
        ? { code: 404, reason: "NotFound", message: 'namespaces "shop" not found' }
        : undefined;
    await stand.workspace.configure(configuration(writeOnly(1)));
    await stand.workspace.must("init");
    expect(await stand.fails("apply", "-auto-approve")).toContain('Error: namespaces "shop" not found');
  });
});

const path = "/api/v1/namespaces/shop/secrets/key";
const name = { name: "key", namespace: "shop" };
const metadata = [name];

function writeOnly(data_wo_revision: number) {
  return { metadata, data_wo: { key: "${var.key}" }, data_wo_revision };
}
