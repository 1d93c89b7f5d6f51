import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../lab/engine/fake-program";
import { exampleOf, slipway } from "./slipway";

const folder = temporaryFolder();

test("a file with warnings only is valid, and the warnings are shown", () => {
  const { status, stdout } = slipway(["validate"], { SLIPWAY_CLUSTER: exampleOf("ha") });
  expect(status).toBe(0);
  expect(stdout).toContain("(warning template/unpinned)");
});

test("refuses a file with problems: all of them, status 1, nothing on stderr", () => {
  const { status, stdout, stderr } = slipway(["validate", "--cluster", brokenFile()]);
  expect(status).toBe(1);
  expect(stderr).toBe("");
  expect(stdout).toContain("(networks/gateway-outside)");
  expect(stdout).toContain("(machines/even-servers)");
});

test("--json tells a script the same: ok, and each problem with its code, places and fix", () => {
  const broken = slipway(["validate", "--json", "--cluster", brokenFile()]);
  expect(broken.status).toBe(1);
  expect(JSON.parse(broken.stdout)).toMatchObject({
    ok: false,
    problems: expect.arrayContaining([
      expect.objectContaining({ code: "machines/even-servers", severity: "error", fix: expect.any(String) }),
    ]),
  });
  const good = slipway(["validate", "--json", "--cluster", exampleOf("ha")]);
  expect(good.status).toBe(0);
  expect(JSON.parse(good.stdout)).toMatchObject({ ok: true, file: "examples/ha.ts" });
});

test("a route without an edge is a note: no problem, and no warning", () => {
  const { status, stdout } = slipway(["validate", "--cluster", exampleOf("hello")]);
  expect(status).toBe(0);
  expect(stdout).toContain("\nhello: reachable inside only, without edge: main.test.com\n");
  const data = slipway(["validate", "--json", "--cluster", exampleOf("hello")]);
  expect(JSON.parse(data.stdout)).toMatchObject({
    ok: true,
    notes: ["hello: reachable inside only, without edge: main.test.com"],
  });
  expect(slipway(["validate", "--cluster", "cluster.ts"]).stdout).not.toContain("inside only");
});

/** brokenFile has a gateway outside its network and two servers. */
function brokenFile(): string {
  const file = join(folder, "broken.ts");
  writeFileSync(
    file,
    `import ha from ${JSON.stringify(exampleOf("ha"))};
export default {
  ...ha,
  network: { ...ha.network, gateway: "10.0.0.1" },
  servers: { ...ha.servers, count: 2 },
};
`,
  );
  return file;
}
