import { attach, type StandIns } from "../../../lab/providers/protocol/attach";
import type { Provider } from "../../../lab/providers/protocol/provider";
import { readSchema } from "../../../lab/providers/protocol/schema";
import { isAttributes, type Attributes } from "../../../lab/providers/protocol/value";
import { enginesUnderTest } from "./engines";
import { textOf } from "./make";
import { skipped } from "../../skipped";
import { openWorkspace, type Workspace } from "./workspace";

describe.each(enginesUnderTest())("a stand-in of any kind, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let shelf: Map<string, Attributes>;
  let received: unknown[];
  let standIns: StandIns;
  let workspace: Workspace;

  beforeEach(async () => {
    shelf = new Map();
    received = [];
    standIns = await attach([shelfProvider(shelf, received)]);
    workspace = await openWorkspace(file, standIns, { TF_VAR_secret: "open sesame" });
  });

  afterEach(async () => {
    await workspace.close();
    await standIns.close();
  });

  it("takes values of every type and plans nothing afterwards", async () => {
    await workspace.apply(configuration({ ...box, ratio: 0.1, bytes: 2 ** 40, labels: { "a.b/c": "d" } }));
    expect(await workspace.planned()).toEqual({});
    expect((await workspace.state())["shelf_box.one"]).toMatchObject({
      ratio: 0.1,
      bytes: 2 ** 40,
      labels: { "a.b/c": "d" },
      zones: ["a", "b"],
      manifest: {
        value: { kind: "Service", ports: [80, "http"] },
        type: ["object", { kind: "string", ports: ["tuple", ["number", "string"]] }],
      },
      door: { colour: "red", width: null },
      drawer: [{ depth: 1 }, { depth: 2 }],
    });
  });

  it("is handed a write-only value that neither plan nor state ever holds", async () => {
    await workspace.apply(configuration(box));
    expect(received).toEqual(["open sesame"]);
    await workspace.must("plan", "-out=plan.bin", "-destroy");
    const everything = [
      await workspace.must("show", "-json", "plan.bin"),
      JSON.stringify(await workspace.state()),
    ];
    for (const text of everything) expect(text).not.toContain("open sesame");
  });

  it("updates in place, and tells the engine what it computed anew", async () => {
    await workspace.apply(configuration(box));
    await workspace.configure(configuration({ ...box, zones: ["b"] }));
    expect(await workspace.planned()).toEqual({ "shelf_box.one": ["update"] });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    expect((await workspace.state())["shelf_box.one"]).toMatchObject({
      zones: ["b"],
      revision: 2,
      serial: "n-box",
    });
  });

  it("is planned again when it is gone", async () => {
    await workspace.apply(configuration(box));
    shelf.clear();
    expect(await workspace.planned()).toEqual({ "shelf_box.one": ["create"] });
  });

  it("is deleted", async () => {
    await workspace.apply(configuration(box));
    expect([...shelf.keys()]).toEqual(["box"]);
    await workspace.must("destroy", "-auto-approve");
    expect([...shelf.keys()]).toEqual([]);
  });

  it("refuses a map's element by its key", async () => {
    await workspace.configure(configuration({ ...box, labels: { fine: "1", bad: "2" } }));
    await workspace.must("init");
    const { code, output } = await workspace.engine("validate");
    expect(code).toBe(1);
    expect(output).toContain("Error: Label is not allowed");
    expect(output).toMatch(/with shelf_box\.one,\s+on main\.tf\.json line 1, in resource\.shelf_box\.one/);
  });

  it("refuses a state that another version of its schema wrote", async () => {
    await workspace.apply(configuration(box));
    const state = await workspace.must("state", "pull");
    await workspace.must("state", "rm", "shelf_box.one");
    const older = state
      .replace(/"schema_version": ?3/, '"schema_version": 2')
      .replace(/"serial": ?\d+/, '"serial": 99');
    await workspace.write("older.json", older);
    await workspace.must("state", "push", "older.json");
    const { code, output } = await workspace.engine("plan");
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain(
      "The state holds shelf_box in schema version 2; this stand-in knows only version 3.",
    );
  });

  it("shows the stack when the mistake is ours", async () => {
    await workspace.configure(configuration({ ...box, name: "trap" }));
    await workspace.must("init");
    const { code, output } = await workspace.engine("apply", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("the trap closes");
    expect(output).toContain("kernel.test.ts");
  });
});

const box = {
  name: "box",
  secret: "${var.secret}",
  zones: ["b", "a"],
  manifest: { kind: "Service", ports: [80, "http"] },
  door: { colour: "red" },
  drawer: [{ depth: 1 }, { depth: 2 }],
};

function configuration(one: unknown): unknown {
  return {
    terraform: { required_providers: { shelf: { source: "lab/shelf" } } },
    variable: { secret: { type: "string", ephemeral: true } },
    resource: { shelf_box: { one } },
  };
}

const excerpt = {
  provider_schemas: {
    "lab/shelf": {
      provider: { version: 0, block: {} },
      resource_schemas: {
        shelf_box: {
          version: 3,
          block: {
            attributes: {
              name: { type: "string", required: true },
              secret: { type: "string", optional: true, sensitive: true, write_only: true },
              ratio: { type: "number", optional: true },
              bytes: { type: "number", optional: true },
              labels: { type: ["map", "string"], optional: true },
              zones: { type: ["set", "string"], optional: true },
              manifest: { type: "dynamic", optional: true },
              door: {
                nested_type: {
                  nesting_mode: "single",
                  attributes: {
                    colour: { type: "string", optional: true },
                    width: { type: "number", optional: true },
                  },
                },
                optional: true,
              },
              revision: { type: "number", computed: true },
              serial: { type: "string", computed: true },
            },
            block_types: {
              drawer: {
                nesting_mode: "list",
                block: { attributes: { depth: { type: "number", required: true } } },
              },
            },
          },
        },
      },
    },
  },
};

/** shelfProvider keeps its boxes on a shelf that the test can see, and what it was told in confidence. */
function shelfProvider(shelf: Map<string, Attributes>, received: unknown[]): Provider {
  const put = (state: Attributes): Attributes => {
    shelf.set(textOf(state, "name"), state);
    return state;
  };
  return {
    source: "lab/shelf",
    schema: readSchema(excerpt, "lab/shelf"),
    resources: {
      shelf_box: {
        attributes: {
          name: { replaces: true },
          serial: { keeps: true },
          labels: {
            checks: [
              (labels) =>
                isAttributes(labels) && "bad" in labels
                  ? [{ summary: "Label is not allowed", detail: "bad", path: ["labels", { key: "bad" }] }]
                  : [],
            ],
          },
        },
        create({ planned, config }) {
          if (planned["name"] === "trap") throw new Error("the trap closes");
          received.push(config["secret"]);
          return put({
            ...planned,
            secret: config["secret"] ?? null,
            revision: 1,
            serial: `n-${textOf(planned, "name")}`,
          });
        },
        read: (state) => shelf.get(textOf(state, "name")),
        update: ({ planned, prior }) => put({ ...planned, revision: Number(prior["revision"]) + 1 }),
        delete(state) {
          shelf.delete(textOf(state, "name"));
        },
      },
    },
  };
}
