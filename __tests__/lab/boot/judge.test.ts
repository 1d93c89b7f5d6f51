import { judgeFirstBoot } from "../../../lab/boot/judge/first-boot";
import { judgeSecondBoot } from "../../../lab/boot/judge/second-boot";
import type { Facts } from "../../../lab/boot/judge/facts";
import { expected, factsOf } from "./canned";

/** broken, the claims that these facts do not bear out, with what was seen. */
function broken(facts: Facts): string[] {
  return judgeFirstBoot(expected, facts)
    .filter(({ ok }) => !ok)
    .map(({ claim, seen }) => `${claim}: ${seen}`);
}

const good = factsOf();
const token = "/etc/rancher/rke2/agent-token";

test("a machine that is as its drive asked bears out every claim", () => {
  expect(broken(good)).toEqual([]);
});

test("the API address beside its own is no foreign one", () => {
  const links = good.links.map((link) =>
    link.ifname === "lo"
      ? link
      : { ...link, addr_info: [...link.addr_info, { family: "inet", local: "192.168.0.20", prefixlen: 32 }] },
  );
  expect(broken(factsOf({ links }))).toEqual([]);
});

const fileClaim = "2 files have content, mode and owner as written";

test.each<[string, Partial<Facts>, string]>([
  ["another hostname", { hostname: "debian" }, "hostname as planned: debian"],
  [
    "another address",
    { links: good.links.map((link) => ({ ...link, addr_info: [] })) },
    "it has the planned address and no other: none",
  ],
  [
    "a card that kept its own name",
    { links: good.links.map((link) => (link.ifname === "eth0" ? { ...link, ifname: "ens18" } : link)) },
    "the card with the planned MAC has the planned name: bc:24:11:a8:00:1f is ens18",
  ],
  [
    "another gateway",
    { routes: [{ gateway: "192.168.0.2", dev: "eth0" }] },
    "one default route, through the planned gateway: 192.168.0.2 on eth0",
  ],
  ["other name servers", { resolvers: ["8.8.8.8"] }, "it asks the planned name servers: 8.8.8.8"],
  [
    "a file that others may read",
    {
      paths: {
        ...good.paths,
        [token]: { mode: "0644", owner: "root:root", sha256: hashOf(token), changed: 1 },
      },
    },
    `${fileClaim}: ${token} has mode 0644, not 0600`,
  ],
  [
    "a file of another content",
    { paths: { ...good.paths, [token]: { mode: "0600", owner: "root:root", sha256: "0", changed: 1 } } },
    `${fileClaim}: ${token} has other content`,
  ],
  ["a missing file", { paths: { ...good.paths, [token]: null } }, `${fileClaim}: ${token} is absent`],
  [
    "a unit that is down",
    { units: { ...good.units, "rke2-agent": { enabled: "enabled", active: "activating" } } },
    "rke2-agent is enabled and active: enabled, activating",
  ],
  [
    "a unit that the next start forgets",
    { units: { ...good.units, "rke2-agent": { enabled: "disabled", active: "active" } } },
    "rke2-agent is enabled and active: disabled, active",
  ],
  [
    "a target that was not masked",
    { units: { ...good.units, "swap.target": { enabled: "static", active: "inactive" } } },
    "swap.target is masked: static, inactive",
  ],
  ["a failed unit", { failedUnits: ["cloud-final.service"] }, "no unit has failed: cloud-final.service"],
  [
    "a degraded cloud-init",
    {
      cloudInit: {
        ...good.cloudInit,
        extended_status: "degraded done",
        recoverable_errors: { WARNING: ["x is deprecated"] },
      },
    },
    "cloud-init is done, without an error: WARNING: x is deprecated",
  ],
  [
    "an invalid document",
    { schema: { status: 1, words: "Invalid user-data" } },
    "cloud-init schema --system is valid: Invalid user-data",
  ],
  ["swap", { swaps: ["/swap.img file 1 0 -2"] }, "swap is off: /swap.img file 1 0 -2"],
  [
    "a kernel setting that did not take effect",
    { sysctls: { "fs.inotify.max_user_instances": "128" } },
    "1 kernel settings have taken effect: fs.inotify.max_user_instances = 128",
  ],
  ["no RKE2", { rke2: null }, "RKE2's stand-in ran: it never did"],
])("refuses a machine with %s", (_, but, words) => {
  expect(broken(factsOf(but))).toContain(words);
});

test("a second boot that changes nothing bears out every claim", () => {
  expect(judgeSecondBoot(expected, good, factsOf({ bootId: "second" })).every(({ ok }) => ok)).toBe(true);
});

test("refuses a second boot at which cloud-init writes a file again, or which never came", () => {
  const rewritten = {
    ...good.paths,
    [token]: { mode: "0600", owner: "root:root", sha256: hashOf(token), changed: 2 },
  };
  const seen = judgeSecondBoot(expected, good, factsOf({ paths: rewritten })).filter(({ ok }) => !ok);
  expect(seen.map(({ claim }) => claim)).toEqual([
    "it started again when the guest agent was told to",
    "cloud-init wrote no file again",
  ]);
});

function hashOf(path: string): string | null {
  return expected.files.find((file) => file.path === path)?.sha256 ?? null;
}
