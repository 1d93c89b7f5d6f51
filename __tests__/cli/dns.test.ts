import { join } from "node:path";
import fc from "fast-check";
import { formats } from "../../cli/dns/formats";
import type { DnsRecord } from "../../cli/dns/records";
import { expectGolden } from "../golden-file";
import { exampleOf, slipway } from "./slipway";

const named = join(__dirname, "..", "clusters", "named.ts");
const kinds = ["zone", "hosts", "dnsmasq"] as const;

describe.each(["outside", "inside"] as const)("the names of a cluster, seen from %s", (view) => {
  it.each(kinds)("stand in the %s format as in the golden file", (format) => {
    const { status, stdout } = slipway(["dns", "--cluster", named, "--view", view, "--format", format]);
    expect(status).toBe(0);
    expectGolden(`dns/${view}.${format}`, stdout);
  });
});

it("outside, names lead to the addresses that the router has, IPv4 and IPv6", () => {
  const addresses = ["--address", "203.0.113.7", "--address", "2001:db8::7"];
  const { stdout } = slipway(["dns", "--cluster", named, ...addresses]);
  expect(stdout).toContain("\nmain.test.com. 300 IN A 203.0.113.7\nmain.test.com. 300 IN AAAA 2001:db8::7\n");
  expect(stdout).not.toContain("For the Internet");
  expect(stdout).toContain(
    "The router must forward to 192.168.0.100: TCP 80, TCP 443, TCP 8443 (stream raw)",
  );
});

it("a cluster without an edge has no name outside, and says so", () => {
  expect(slipway(["dns", "--cluster", exampleOf("hello")]).stdout).toBe(
    "; hello has no edge: nothing leads to it from outside.\n" +
      "; Reachable inside only, for they have no edge: main.test.com.\n",
  );
});

it("each cluster of a file has a section of its own", () => {
  const { stdout } = slipway(["dns", "--cluster", exampleOf("two-clusters")]);
  const sections = stdout.trimEnd().split("\n\n");
  expect(sections).toHaveLength(2);
  expect(sections.every((section) => section.startsWith("; "))).toBe(true);
});

it("refuses an address that is none, and one for the view from inside", () => {
  expect(slipway(["dns", "--address", "router"]).stderr).toContain("write an address, as 203.0.113.7");
  const inside = slipway(["dns", "--view", "inside", "--address", "203.0.113.7"]);
  expect(inside.status).toBe(1);
  expect(inside.stderr).toContain("--address says where names lead outside");
});

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
const record = (names: fc.Arbitrary<string>, addresses: fc.Arbitrary<string>): fc.Arbitrary<DnsRecord> =>
  fc.record({ name: names, address: addresses });
const anywhere = fc.oneof(fc.ipV4(), fc.ipV6());
const anyName = fc.oneof(
  host,
  host.map((name) => `*.${name}`),
);

describe("what is printed is read back as the same records", () => {
  it("from a zone file", () => {
    check(record(anyName, anywhere), "zone", (line) => {
      const [name = "", ttl, type, kind, address = ""] = line.split(" ");
      expect([ttl, type, kind]).toEqual(["300", "IN", address.includes(":") ? "AAAA" : "A"]);
      return { name: name.replace(/\.$/, ""), address };
    });
  });

  it("from a hosts file, which leaves wildcards to a comment", () => {
    check(record(host, anywhere), "hosts", (line) => {
      const [address = "", name = ""] = line.split(" ");
      return { name, address };
    });
    const wildcard = { name: "*.test.com", address: "192.0.2.1" };
    expect(formats.hosts({ notes: [], records: [wildcard] })).toEqual([
      "# *.test.com: a hosts file has no wildcards. Write each name: 192.0.2.1 <name>",
    ]);
  });

  it("from dnsmasq's configuration", () => {
    check(record(anyName, anywhere), "dnsmasq", (line) => {
      const [, name = "", address = ""] =
        /^host-record=([^,]+),(.+)$/.exec(line) ?? /^address=\/(\*\.[^/]+)\/(.+)$/.exec(line) ?? [];
      return { name, address };
    });
  });

  function check(
    each: fc.Arbitrary<DnsRecord>,
    format: (typeof kinds)[number],
    read: (line: string) => DnsRecord,
  ): void {
    fc.assert(
      fc.property(fc.array(each), fc.array(fc.lorem()), (records, notes) => {
        const lines = formats[format]({ notes, records }).filter((line) => !/^[;#]/.test(line));
        expect(lines.map(read)).toEqual(records);
      }),
    );
  }
});
