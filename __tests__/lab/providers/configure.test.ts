import { attach, type StandIns } from "../../../lab/providers/protocol/attach";
import { ProviderError } from "../../../lab/providers/protocol/problem";
import type { Provider } from "../../../lab/providers/protocol/provider";
import { readSchema } from "../../../lab/providers/protocol/schema";
import { isAttributes, isList, UNKNOWN, type Attributes } from "../../../lab/providers/protocol/value";
import { enginesUnderTest } from "./engines";
import { textOf } from "./make";
import { skipped } from "../../skipped";
import { openWorkspace, type Workspace } from "./workspace";

describe.each(enginesUnderTest())("a stand-in with a configuration, with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let written: Attributes[];
  let standIns: StandIns;
  let workspaces: Workspace[];
  const open = async (): Promise<Workspace> => {
    const workspace = await openWorkspace(file, standIns);
    workspaces.push(workspace);
    return workspace;
  };

  beforeEach(async () => {
    written = [];
    workspaces = [];
    standIns = await attach([deskProvider(written)], { DESK_LAMP: "on" });
  });

  afterEach(async () => {
    await Promise.all(workspaces.map((workspace) => workspace.close()));
    await standIns.close();
  });

  it("hands each resource what the configuration and the environment led to", async () => {
    const workspace = await open();
    await workspace.apply(configuration({ desk: { name: "oak" }, sheet: { text: "a" } }));
    expect(written).toEqual([{ desk: "oak", lamp: "on", drawers: 1, text: "a" }]);
    expect(await workspace.planned()).toEqual({});
  });

  it("keeps programs that run at once apart", async () => {
    const names = ["oak", "elm", "ash"];
    await Promise.all(
      names.map(async (name) =>
        (await open()).apply(configuration({ desk: { name }, sheet: { text: `of ${name}` } })),
      ),
    );
    expect(written.map(({ desk, text }) => [desk, text]).sort()).toEqual(
      names.map((name) => [name, `of ${name}`]).sort(),
    );
  });

  it("refuses a configuration in the provider's words", async () => {
    const workspace = await open();
    await workspace.configure(configuration({ desk: { name: "" }, sheet: { text: "a" } }));
    await workspace.must("init");
    const { code, output } = await workspace.engine("plan");
    expect(code).toBe(1);
    expect(output).toContain("Error: No desk");
    expect(output).toContain("Error: No chair either");
  });

  it("plans with a configuration that is not known yet", async () => {
    const workspace = await open();
    const name = "${terraform_data.later.output}";
    const config = configuration({ desk: { name }, sheet: { text: "a" } });
    await workspace.configure({
      ...config,
      resource: { ...config.resource, terraform_data: { later: { input: "oak" } } },
    });
    await workspace.must("init");
    expect((await workspace.planned())["desk_sheet.one"]).toEqual(["create"]);
    await workspace.must("apply", "-auto-approve");
    expect(written).toMatchObject([{ desk: "oak" }]);
  });

  it("keeps what a failed create left, tainted", async () => {
    const workspace = await open();
    await workspace.configure(configuration({ desk: { name: "oak" }, sheet: { text: "torn" } }));
    await workspace.must("init");
    const { code, output } = await workspace.engine("apply", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("Error: The sheet is torn");
    expect(await workspace.must("state", "list")).toBe("desk_sheet.one\n");
    expect(await workspace.planned()).toEqual({ "desk_sheet.one": ["delete", "create"] });
  });

  it("may say less than it does where the real one is of the legacy kind", async () => {
    const workspace = await open();
    await workspace.apply(configuration({ desk: { name: "oak" }, sheet: { text: "a", colour: null } }));
    expect((await workspace.state())["desk_sheet.one"]).toMatchObject({ colour: "white" });
    expect(await workspace.planned()).toEqual({});
  });

  it("plans around what is not known within a value of open type", async () => {
    const workspace = await open();
    const config = configuration({
      desk: { name: "oak" },
      sheet: { text: "a", note: { fixed: 1, later: "${terraform_data.later.output}", nothing: null } },
    });
    await workspace.apply({
      ...config,
      resource: { ...config.resource, terraform_data: { later: { input: "x" } } },
    });
    expect((await workspace.state())["desk_sheet.one"]).toMatchObject({
      note: {
        value: { fixed: 1, later: "x", nothing: null },
        type: ["object", { fixed: "number", later: "string", nothing: "dynamic" }],
      },
    });
    expect(await workspace.planned()).toEqual({});
  });
});

function configuration({ desk, sheet }: { readonly desk: unknown; readonly sheet: unknown }) {
  return {
    terraform: { required_providers: { desk: { source: "lab/desk" } } },
    provider: { desk: { desk, drawers: [{ depth: 3 }] } },
    resource: { desk_sheet: { one: sheet } },
  };
}

const excerpt = {
  provider_schemas: {
    "lab/desk": {
      provider: {
        version: 0,
        block: {
          attributes: {
            desk: {
              nested_type: {
                nesting_mode: "single",
                attributes: { name: { type: "string", optional: true } },
              },
              optional: true,
            },
            drawers: {
              nested_type: {
                nesting_mode: "list",
                attributes: { depth: { type: "number", required: true } },
              },
              optional: true,
            },
          },
        },
      },
      resource_schemas: {
        desk_sheet: {
          version: 0,
          block: {
            attributes: {
              text: { type: "string", required: true },
              colour: { type: "string", optional: true },
              note: { type: "dynamic", optional: true },
            },
          },
        },
      },
    },
  },
};

interface Desk {
  readonly name: string;
  readonly lamp: string;
  readonly drawers: number;
}

/** deskProvider writes down what each sheet was told, and at which desk. */
function deskProvider(written: Attributes[]): Provider<Desk> {
  return {
    source: "lab/desk",
    schema: readSchema(excerpt, "lab/desk"),
    configure(config, environment) {
      const desk = config["desk"] ?? null;
      const drawers = config["drawers"] ?? null;
      if (!isAttributes(desk) || !isList(drawers)) throw new Error("no desk");
      if (desk["name"] === UNKNOWN) return { name: "not known", lamp: "off", drawers: 0 };
      const name = textOf(desk, "name");
      if (name === "") {
        throw new ProviderError(
          { summary: "No desk", detail: "" },
          { summary: "No chair either", detail: "" },
        );
      }
      return { name, lamp: environment["DESK_LAMP"] ?? "off", drawers: drawers.length };
    },
    resources: {
      desk_sheet: {
        attributes: { colour: { default: "white" } },
        legacy: true,
        create({ planned, fail }, { name, lamp, drawers }) {
          const text = textOf(planned, "text");
          written.push({ desk: name, lamp, drawers, text });
          if (text === "torn") fail({ summary: "The sheet is torn", detail: "" });
          return planned;
        },
      },
    },
  };
}
