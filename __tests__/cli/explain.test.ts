import { readFileSync } from "node:fs";
import { join } from "node:path";
import { slipway } from "./slipway";

const page = readFileSync(join(__dirname, "../../docs/reference/cluster.md"), "utf8");

describe("./slipway explain", () => {
  it("says of a field its meaning, type, default, effect of a change and problems", () => {
    const { status, stdout } = slipway(["explain", "workers.disk"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^workers\.disk\n\n {2}disk of each machine; it can only grow\.\n/);
    expect(stdout).toContain("  write     a size in MiB, GiB or TiB, a whole number of GiB\n");
    expect(stdout).toContain("  default   none: it has to be there\n");
    expect(stdout).toContain("  change    in place\n");
    expect(stdout).toContain("  problems  machines/disk-below-template: ");
    expect(stdout).toContain("  docs/reference/cluster.md#workersdisk\n");
  });

  it("says the same of one place, however the file gets there", () => {
    const same: readonly (readonly string[])[] = [
      [
        "routes[].edge.certificate",
        "routes[3].edge.certificate",
        "routes.3.edge.certificate",
        "routes.edge.certificate",
      ],
      ["workers.disk", "workers.gpu.disk", "workers.label.disk", "workers.<pool>.disk"],
      ["services.<name>.port", "services.hello.port", 'services["hello"].port'],
      ["services.<name>.image", "services.hello.containers.web.image"],
      ["routes[].rewrite", 'routes[0].paths["/api/v1.2"].rewrite'],
      ["rke2.registries.configs", 'rke2.registries.configs["registry.test.com:5000"]'],
      ["servers.labels", 'servers.labels["example.com/disk"]'],
    ];
    for (const [first = "", ...others] of same) {
      const { readings } = explained(first);
      expect(readings).not.toHaveLength(0);
      for (const other of others) expect([other, explained(other).readings]).toEqual([other, readings]);
    }
  });

  it("lists the fields of a section, one line each", () => {
    const { stdout } = slipway(["explain", "proxmox.hosts.pve1"]);
    for (const name of ["address", "cores", "memory", "storage", "templateId"])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S.*$`, "m"));
    expect(stdout).not.toContain("endpoint");
    expect(slipway(["explain", "template"]).stdout).toContain("  It has one of cloudImage or iso.\n");
  });

  it("lists every section where no path is given", () => {
    const sections = [...page.matchAll(/^## `(\w+)`$/gm)].map(([, name]) => name);
    expect(sections.length).toBeGreaterThan(20);
    expect(explained().fields.map(({ name }) => name)).toEqual(sections);
  });

  it("names a place of the page that is there", () => {
    for (const path of ["workers.disk", "services.hello", "routes[].paths", "state.s3.bucket"]) {
      const [, anchor = ""] = explained(path).page.split("#");
      const slugs = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
        title.toLowerCase().replaceAll(/[^\w-]/g, ""),
      );
      expect(page.includes(`<a id="${anchor}"></a>`) || slugs.includes(anchor)).toBe(true);
    }
  });

  it("keeps its lines within 96 columns", () => {
    for (const path of ["services.hello", "rke2.registries", "routes[].edge", "workers.first"])
      expect(
        slipway(["explain", path])
          .stdout.split("\n")
          .filter((line) => line.length > 96),
      ).toEqual([]);
  });

  it.each([
    ["workers.dsik", "workers has no field dsik.\n  near workers.disk\n"],
    ["worker.disk", "A cluster file has no field worker.\n  near workers\n"],
    [
      "routes[].edge.certificat",
      "routes[].edge has no field certificat.\n  near routes[].edge.certificate\n",
    ],
    [
      "disk",
      "A cluster file has no field disk.\n  near template.disk\n       servers.disk\n       workers.disk\n",
    ],
  ])("refuses %s, which is no field, and says the nearest", (path, said) => {
    const { status, stderr, stdout } = slipway(["explain", path]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(said.trimEnd());
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

interface Printed {
  readonly readings: readonly unknown[];
  readonly fields: readonly { readonly name: string }[];
  readonly page: string;
}

function explained(...path: readonly string[]): Printed {
  const { stdout } = slipway(["explain", "--json", ...path]);
  const printed: Printed = JSON.parse(stdout);
  return printed;
}
