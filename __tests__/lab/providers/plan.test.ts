import { atLeast, eachElement, oneOf } from "../../../lab/providers/protocol/check";
import { checkConfig } from "../../../lab/providers/protocol/check-config";
import { planChange } from "../../../lab/providers/protocol/plan";
import { unlessOnlyNulls } from "../../../lab/providers/protocol/replaces";
import type { Change, Planned, Resource } from "../../../lab/providers/protocol/resource";
import type { Block } from "../../../lab/providers/protocol/schema";
import { UNKNOWN, type Attributes, type Value } from "../../../lab/providers/protocol/value";
import { withoutWriteOnly } from "../../../lab/providers/protocol/write-only";

const block: Block = {
  attributes: {
    name: { type: "string", required: true },
    size: { type: "number", optional: true, computed: true },
    address: { type: "string", computed: true },
    revision: { type: "string", computed: true },
    zone: { type: "string", optional: true, computed: true },
    secret: { type: "string", optional: true, write_only: true },
    sets: {
      optional: true,
      nested_type: {
        nesting_mode: "list",
        attributes: { value: { type: "string", optional: true, write_only: true } },
      },
    },
  },
  block_types: {
    login: {
      nesting_mode: "list",
      block: { attributes: { password: { type: "string", write_only: true } } },
    },
  },
};

const machine: Resource = {
  attributes: {
    name: { replaces: true },
    size: { default: 2, checks: [atLeast(1)] },
    address: { keeps: true },
  },
  create: ({ planned }) => Promise.resolve(planned),
};

const silent = { size: null, address: null, revision: null, zone: null, secret: null, sets: null, login: [] };
const config: Attributes = { ...silent, name: "a" };
const prior: Attributes = { ...silent, name: "a", size: 2, address: "10.0.0.1", revision: "1", zone: "z" };

test("a new resource gets its defaults; what the provider computes is unknown", async () => {
  const { planned, replaces } = await plan(machine, {
    prior: undefined,
    config,
    planned: config,
  });
  expect(planned).toMatchObject({ name: "a", size: 2, address: UNKNOWN, revision: UNKNOWN, zone: UNKNOWN });
  expect(replaces).toEqual([]);
});

test("nothing changes where nothing differs from the prior state", async () => {
  expect(await plan(machine, { prior, config, planned: prior })).toEqual({
    planned: prior,
    replaces: [],
  });
});

test("an update in place keeps what stays and asks anew for the rest", async () => {
  const bigger = { ...config, size: 4 };
  const { planned, replaces } = await plan(machine, {
    prior,
    config: bigger,
    planned: { ...prior, size: 4 },
  });
  expect(planned).toEqual({ ...prior, size: 4, revision: UNKNOWN, zone: UNKNOWN });
  expect(replaces).toEqual([]);
});

test("leaving an attribute out again brings its default back", async () => {
  const { planned } = await plan(machine, {
    prior: { ...prior, size: 4 },
    config,
    planned: { ...prior, size: 4 },
  });
  expect(planned["size"]).toBe(2);
});

test("a change of a replacing attribute names its path, known or not", async () => {
  for (const name of ["b", UNKNOWN] as const) {
    const { replaces } = await plan(machine, {
      prior,
      config: { ...config, name },
      planned: { ...prior, name },
    });
    expect(replaces).toEqual([["name"]]);
  }
});

test("the resource has the last word", async () => {
  const stubborn: Resource = {
    ...machine,
    plan: ({ planned }) => ({ planned: { ...planned, name: "c" }, replaces: [["zone"]] }),
  };
  const { planned, replaces } = await plan(stubborn, { prior, config, planned: prior });
  expect(planned["name"]).toBe("c");
  expect(replaces).toEqual([["zone"], ["name"]]);
});

test("a write-only value stands in no plan, at any depth", async () => {
  const secret = { ...config, secret: "s", sets: [{ value: "s" }], login: [{ password: "s" }] };
  const { planned } = await plan(machine, { prior: undefined, config: secret, planned: secret });
  expect(planned).toMatchObject({ secret: null, sets: [{ value: null }], login: [{ password: null }] });
  expect(JSON.stringify(withoutWriteOnly(secret, block))).not.toContain('"s"');
});

test("a configuration is checked attribute by attribute, unknown ones excepted", () => {
  const checked: Resource = {
    ...machine,
    attributes: { ...machine.attributes, uses: { checks: [eachElement(oneOf(["a", "b"]))] } },
  };
  expect(checkConfig(checked, block, { ...config, size: UNKNOWN, uses: ["a", UNKNOWN] })).toEqual([]);
  expect(checkConfig(checked, block, { ...config, size: 0, uses: ["a", "c"] })).toEqual([
    {
      summary: "Invalid Attribute Value",
      path: ["size"],
      detail: "Attribute size value must be at least 1, got: 0",
    },
    {
      summary: "Invalid Attribute Value Match",
      path: ["uses", 1],
      detail: 'Attribute uses[1] value must be one of: ["a" "b"], got: "c"',
    },
  ]);
});

test.each<[Value, Value, boolean]>([
  [null, { a: null }, false],
  [null, { a: "1" }, true],
  [{ a: "1" }, { a: "1", b: null }, false],
  [{ a: "1" }, { a: "2" }, true],
  [{ a: "1" }, { a: UNKNOWN }, true],
  [{ a: "1" }, {}, true],
  [{ a: "1" }, null, true],
  [{ a: "1" }, UNKNOWN, true],
])("a map that goes from %p to %p replaces the resource: %p", (before, after, replaced) => {
  expect(unlessOnlyNulls(before, after)).toBe(replaced);
});

function plan(resource: Resource, change: Change): Promise<Planned> {
  return planChange(resource, block, change, undefined);
}
