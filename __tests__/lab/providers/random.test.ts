import fc from "fast-check";
import { randomProvider } from "../../../lab/providers/random";
import { make, problemsOf, textOf } from "./make";

const classes = {
  upper: /[A-Z]/g,
  lower: /[a-z]/g,
  numeric: /[0-9]/g,
  special: /[!@#$%&*()\-_=+[\]{}<>:?]/g,
};

const count = fc.nat({ max: 5 });
const wish = fc
  .record({
    min_upper: count,
    min_lower: count,
    min_numeric: count,
    min_special: count,
    more: fc.integer({ min: 1, max: 30 }),
    upper: fc.boolean(),
    lower: fc.boolean(),
    numeric: fc.boolean(),
    special: fc.boolean(),
  })
  .filter((each) => each.upper || each.lower || each.numeric || each.special);

test("a password has its length, its minimums, and nothing that was switched off", async () => {
  await fc.assert(
    fc.asyncProperty(wish, async ({ more, ...given }) => {
      const length = given.min_upper + given.min_lower + given.min_numeric + given.min_special + more;
      const state = await make(randomProvider, "random_password", { ...given, length });
      const result = textOf(state, "result");
      let all = 0;
      for (const kind of ["upper", "lower", "numeric", "special"] as const) {
        const found = result.match(classes[kind])?.length ?? 0;
        const least = given[`min_${kind}`];
        if (given[kind]) expect(found).toBeGreaterThanOrEqual(least);
        else expect(found).toBe(least);
        all += found;
      }
      expect([result.length, all]).toEqual([length, length]);
    }),
  );
});

test("a password is drawn from the special characters it is given", async () => {
  const state = await make(randomProvider, "random_password", {
    length: 64,
    upper: false,
    lower: false,
    numeric: false,
    override_special: "_~",
  });
  expect(textOf(state, "result")).toMatch(/^[_~]{64}$/);
});

test("no two passwords are alike, and every character turns up", async () => {
  const made = await Promise.all(
    Array.from({ length: 200 }, () =>
      make(randomProvider, "random_password", { length: 40, special: false }),
    ),
  );
  const results = made.map((state) => textOf(state, "result"));
  expect(new Set(results).size).toBe(results.length);
  expect(new Set(results.join("")).size).toBe(62);
});

test("number, the old name, still decides about digits", async () => {
  const state = await make(randomProvider, "random_password", { length: 50, number: false });
  expect(state).toMatchObject({ number: false, numeric: false, id: "none" });
  expect(state["result"]).not.toMatch(/[0-9]/);
});

test("refuses number and numeric that disagree", async () => {
  await expect(
    make(randomProvider, "random_password", { length: 8, number: true, numeric: false }),
  ).rejects.toThrow("Number and numeric are both configured with different values");
});

test("refuses a password shorter than what it must hold, of no length, or of no characters", () => {
  const detail = (given: Parameters<typeof problemsOf>[2]): readonly string[] =>
    problemsOf(randomProvider, "random_password", given).map((problem) => problem.detail);
  expect(detail({ length: 3, min_upper: 2, min_special: 2 })).toEqual([
    "Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 3",
  ]);
  expect(detail({ length: 0 })).toEqual(["Attribute length value must be at least 1, got: 0"]);
  expect(detail({ length: 8, upper: false, lower: false, numeric: false, special: false })).toEqual([
    "At least one attribute out of [special,upper,lower,numeric] must be specified as true",
  ]);
});

test("an id says the same bytes in every notation, after its prefix", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(null, "n-"),
      async (byte_length, prefix) => {
        const state = await make(randomProvider, "random_id", { byte_length, prefix });
        const bytes = Buffer.from(textOf(state, "id"), "base64url");
        expect(bytes).toHaveLength(byte_length);
        expect(state).toMatchObject({
          b64_url: (prefix ?? "") + bytes.toString("base64url"),
          b64_std: (prefix ?? "") + bytes.toString("base64"),
          hex: (prefix ?? "") + bytes.toString("hex"),
          dec: (prefix ?? "") + String(BigInt(`0x${bytes.toString("hex")}`)),
        });
      },
    ),
  );
});

test("bytes are as many as asked for", async () => {
  const state = await make(randomProvider, "random_bytes", { length: 33 });
  expect(Buffer.from(textOf(state, "base64"), "base64").toString("hex")).toBe(state["hex"]);
  expect(state["hex"]).toHaveLength(66);
});
