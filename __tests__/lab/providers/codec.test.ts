import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { decodeValue, encodeValue } from "../../../lab/providers/protocol/codec";
import { valueFromJson } from "../../../lab/providers/protocol/state-json";
import type { CtyType } from "../../../lab/providers/protocol/type";
import { Typed, UNKNOWN, type Value } from "../../../lab/providers/protocol/value";

interface TypedSample {
  readonly type: CtyType;
  readonly value: Value;
}

const known = samples((type, value) => ({ type, value }));
const withUnknowns = samples((type, value, hole) => ({ type, value: hole === "unknown" ? UNKNOWN : value }));

test("every value comes back from the wire as it was sent", () => {
  fc.assert(
    fc.property(withUnknowns, ({ type, value }) => {
      expect(decodeValue(encodeValue(value, type), type)).toEqual(value);
    }),
  );
});

test("every known value is read from a state file as it is read from the wire", () => {
  fc.assert(
    fc.property(known, ({ type, value }) => {
      expect(valueFromJson(JSON.parse(JSON.stringify(value)), type)).toEqual(value);
    }),
  );
});

test("an unknown value is MessagePack's extension 0", () => {
  expect(decode(encodeValue(UNKNOWN, "string"))).toEqual(new ExtData(0, new Uint8Array(1)));
});

test("an unknown value of which Terraform knows a prefix is unknown", () => {
  expect(decodeValue(encode(new ExtData(12, encode({ 2: "x-" }))), "string")).toBe(UNKNOWN);
});

test("a fraction travels as its decimal digits, so that 0.1 stays 0.1", () => {
  expect(decode(encodeValue(0.1, "number"))).toBe("0.1");
  expect(decodeValue(encode("0.1"), "number")).toBe(0.1);
  expect(decode(encodeValue(2048, "number"))).toBe(2048);
});

test.each(["0.1000000000000000000000001", "1e400", "9007199254740993", "NaN"])(
  "refuses the number %s rather than rounding it",
  (digits) => {
    expect(() => decodeValue(encode(digits), "number")).toThrow("needs more digits");
  },
);

test("refuses an integer that a double cannot hold", () => {
  expect(() => decodeValue(encode(2n ** 60n + 1n, { useBigInt64: true }), "number")).toThrow(
    "needs more digits",
  );
});

test("refuses a map with the key __proto__ from the wire rather than losing it", () => {
  expect(() => decodeValue(encode(JSON.parse('{"__proto__":"lost"}')), ["map", "string"])).toThrow(
    "The key __proto__ is not allowed",
  );
});

test("refuses a value of another type", () => {
  expect(() => decodeValue(encode("on"), "bool")).toThrow('Expected a value of type "bool", found string.');
  expect(() => encodeValue("on", ["list", "string"])).toThrow("found string");
});

/** samples of every type, three levels deep; adapt decides what stands where a hole may be. */
function samples(
  adapt: (type: CtyType, value: Value, hole: "unknown" | "none") => TypedSample,
): fc.Arbitrary<TypedSample> {
  const hole = fc.constantFrom<"unknown" | "none">("none", "none", "none", "unknown");
  const mapKey = fc.string().filter((key) => key !== "__proto__"); // which the MessagePack library refuses
  const scalar = fc.oneof(
    fc.string().map((value) => ({ type: "string" as const, value })),
    fc.boolean().map((value) => ({ type: "bool" as const, value })),
    fc
      .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e6, min: -1e6 }))
      .map((value) => ({ type: "number" as const, value: value === 0 ? 0 : value })),
    fc.constantFrom<CtyType>("string", "number", "bool").map((type) => ({ type, value: null })),
  );
  const leaf = fc.tuple(scalar, hole).map(([{ type, value }, at]) => adapt(type, value, at));
  const deeper = (inner: fc.Arbitrary<TypedSample>): fc.Arbitrary<TypedSample> =>
    fc.oneof<fc.Arbitrary<TypedSample>[]>(
      inner,
      inner.map(({ type, value }) => ({ type: ["list", type] as const, value: [value, value] })),
      inner.map(({ type, value }) => ({ type: ["set", type] as const, value: [value] })),
      fc
        .tuple(inner, mapKey)
        .map(([{ type, value }, key]) => ({ type: ["map", type] as const, value: { [key]: value } })),
      fc.tuple(inner, inner).map((parts) => ({
        type: ["tuple", parts.map((part) => part.type)] as const,
        value: parts.map((part) => part.value),
      })),
      fc.tuple(inner, inner).map(([a, b]) => ({
        type: ["object", { a: a.type, b: b.type }] as const,
        value: { a: a.value, b: b.value },
      })),
      inner.map(({ type, value }) => ({ type: "dynamic" as const, value: new Typed(type, value) })),
    );
  return deeper(deeper(deeper(leaf)));
}
