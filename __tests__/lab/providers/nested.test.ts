import { decodeValue, encodeValue } from "../../../lab/providers/protocol/codec";
import { checkConfig } from "../../../lab/providers/protocol/check-config";
import { between } from "../../../lab/providers/protocol/check";
import { planChange } from "../../../lab/providers/protocol/plan";
import { pathMessage } from "../../../lab/providers/protocol/problem";
import type { Resource } from "../../../lab/providers/protocol/resource";
import { blockType, type Block } from "../../../lab/providers/protocol/schema";
import { UNKNOWN, type Attributes } from "../../../lab/providers/protocol/value";

/** block with one nested attribute of each kind, each computing one value that may be given and defaulting another. */
const block: Block = {
  attributes: {
    door: nested("single"),
    shelves: nested("list"),
    boxes: nested("set"),
    drawers: nested("map"),
  },
};

function nested(nesting_mode: "single" | "list" | "set" | "map") {
  return {
    optional: true,
    nested_type: {
      nesting_mode,
      attributes: {
        width: { type: "number", required: true },
        colour: { type: "string", optional: true, computed: true },
        weight: { type: "number", optional: true, computed: true },
      },
    },
  } as const;
}

const plans = { nested: { width: { checks: [between(1, 9)] }, colour: { default: "white" } } };

const cupboard: Resource = {
  attributes: { door: plans, shelves: plans, boxes: plans, drawers: plans },
  create: ({ planned }) => planned,
};

const silent = (width: number) => ({ width, colour: null, weight: null });
const made = (width: number, colour = "white", weight = 5) => ({ width, colour, weight });
const config = {
  door: silent(1),
  shelves: [silent(2), { ...silent(3), colour: "red" }],
  boxes: [silent(4), { ...silent(5), colour: "red" }],
  drawers: { top: silent(6) },
};
const prior = {
  door: made(1),
  shelves: [made(2), made(3, "red")],
  boxes: [made(4), made(5, "red")],
  drawers: { top: made(6) },
};

test("what is new within nested attributes gets its default; the rest that is computed is unknown", async () => {
  const fresh = (width: number, colour = "white") => ({ width, colour, weight: UNKNOWN });
  expect(await planned(undefined, config, config)).toEqual({
    door: fresh(1),
    shelves: [fresh(2), fresh(3, "red")],
    boxes: [fresh(4), fresh(5, "red")],
    drawers: { top: fresh(6) },
  });
});

test("nothing changes within nested attributes where nothing differs", async () => {
  expect(await planned(prior, config, prior)).toEqual(prior);
});

test("a default comes back within a set, whose elements are known by what the configuration gives of them", async () => {
  const edited = { ...prior, boxes: [made(5, "red"), made(4, "blue")] };
  const { boxes, door } = await planned(edited, config, edited);
  expect(boxes).toEqual([
    { width: 5, colour: "red", weight: UNKNOWN },
    { width: 4, colour: "white", weight: UNKNOWN },
  ]);
  expect(door).toEqual({ width: 1, colour: "white", weight: UNKNOWN });
});

test("nested attributes that are not known yet are left as they are", async () => {
  const later: Attributes = { ...config, boxes: UNKNOWN, shelves: [UNKNOWN] };
  expect(await planned(undefined, later, later)).toMatchObject({ boxes: UNKNOWN, shelves: [UNKNOWN] });
  expect(checkConfig(cupboard, block, later)).toEqual([]);
});

test("a problem within a set names the element by its value; the way that Terraform is told ends at the set", () => {
  const wrong = {
    ...config,
    boxes: [silent(0)],
    shelves: [silent(3), silent(10)],
    drawers: { top: silent(11) },
  };
  const problems = checkConfig(cupboard, block, wrong);
  expect(problems.map(({ detail }) => detail)).toEqual([
    "Attribute shelves[1].width value must be between 1 and 9, got: 10",
    'Attribute boxes[Value({"colour":<null>,"weight":<null>,"width":0})].width value must be between 1 and 9, got: 0',
    'Attribute drawers["top"].width value must be between 1 and 9, got: 11',
  ]);
  expect(problems.map(({ path = [] }) => pathMessage(path).steps)).toEqual([
    [{ attribute_name: "shelves" }, { element_key_int: 1 }, { attribute_name: "width" }],
    [{ attribute_name: "boxes" }],
    [{ attribute_name: "drawers" }, { element_key_string: "top" }, { attribute_name: "width" }],
  ]);
});

test("nested attributes of every kind come back from the wire as they were sent", () => {
  const type = blockType(block);
  expect(type).toEqual([
    "object",
    {
      door: item,
      shelves: ["list", item],
      boxes: ["set", item],
      drawers: ["map", item],
    },
  ]);
  const partly: Attributes = {
    ...prior,
    door: null,
    boxes: UNKNOWN,
    shelves: [{ ...made(1), weight: UNKNOWN }],
  };
  for (const value of [prior, partly]) {
    expect(decodeValue(encodeValue(value, type), type)).toEqual(value);
  }
});

const item = ["object", { width: "number", colour: "string", weight: "number" }];

async function planned(before: Attributes | undefined, given: Attributes, proposed: Attributes) {
  const change = { prior: before, config: given, planned: proposed };
  return (await planChange(cupboard, block, change, undefined)).planned;
}
