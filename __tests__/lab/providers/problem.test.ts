import { diagnostic } from "../../../lab/providers/protocol/problem";

test("a problem leads to its value: attribute by name, element by position, map element by key", () => {
  const problem = { summary: "Wrong", detail: "It is.", path: ["routes", 2, "labels", { key: "a/b" }] };
  expect(diagnostic("WARNING", problem)).toEqual({
    severity: "WARNING",
    summary: "Wrong",
    detail: "It is.",
    attribute: {
      steps: [
        { attribute_name: "routes" },
        { element_key_int: 2 },
        { attribute_name: "labels" },
        { element_key_string: "a/b" },
      ],
    },
  });
});

test("a problem of the whole resource has no path", () => {
  expect(diagnostic("ERROR", { summary: "Wrong", detail: "" })).toEqual({
    severity: "ERROR",
    summary: "Wrong",
    detail: "",
  });
});
