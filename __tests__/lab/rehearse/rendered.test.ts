import { expectSameRendered, type Rendered } from "../../../lab/rehearse/rendered";

const before: Rendered = new Map([
  ["pve1 local:snippets/ha-server-1-user-data.yaml", "a: 1\n"],
  ["pve2 local:snippets/ha-server-2-user-data.yaml", "a: 2\n"],
]);

test("rebuilding a server may leave every snippet as it was", () => {
  expect(() => expectSameRendered("rebuilding server-1", before, new Map(before))).not.toThrow();
});

test.each([
  ["changed", new Map([...before, ["pve2 local:snippets/ha-server-2-user-data.yaml", "a: 2 \n"]])],
  ["gone", new Map([...before].slice(0, 1))],
  ["new", new Map([...before, ["pve2 local:snippets/other.yaml", ""]])],
])("refuses a snippet that is %s, and names it", (_, after) => {
  expect(failureOf(() => expectSameRendered("rebuilding server-1", before, after))).toMatchObject({
    message: "rebuilding server-1 changes what nodes boot from",
    words: expect.stringMatching(/^pve2 local:snippets\/(ha-server-2-user-data|other)\.yaml$/),
  });
});

function failureOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}
