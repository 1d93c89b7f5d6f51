import { type Check, judgeOf, listed } from "./check";
import type { Expectation, ExpectedFile } from "./expectation";
import type { Facts } from "./facts";

/** judgeFirstBoot holds what a machine says of itself against what its drive asked for. */
export function judgeFirstBoot(expected: Expectation, facts: Facts): Check[] {
  const judge = judgeOf(expected.name);
  const { cloudInit, schema } = facts;
  const complaints = [
    ...cloudInit.errors,
    ...Object.entries(cloudInit.recoverable_errors).flatMap(([kind, words]) =>
      words.map((each) => `${kind}: ${each}`),
    ),
  ];
  const differing = expected.files.map((file) => differenceOf(file, facts)).filter((each) => each !== "");
  const open = expected.privateDirectories.filter((path) => facts.paths[path]?.mode !== "0700");
  return [
    judge("hostname as planned", facts.hostname === expected.name, facts.hostname),
    judge("instance-id as planned", facts.instanceId === expected.instanceId, facts.instanceId),
    ...networkChecks(expected, facts),
    judge(
      "cloud-init is done, without an error",
      cloudInit.status === "done" && cloudInit.extended_status === "done" && complaints.length === 0,
      complaints.length === 0
        ? `${cloudInit.extended_status}, ${cloudInit.datasource}`
        : complaints.join("; "),
    ),
    judge("cloud-init schema --system is valid", schema.status === 0, schema.words.replaceAll("\n", ", ")),
    judge(
      `${expected.files.length} files have content, mode and owner as written`,
      differing.length === 0,
      differing.length === 0 ? "all" : differing.join("; "),
    ),
    judge(
      `${expected.privateDirectories.length} directories are root's alone`,
      open.length === 0,
      listed(expected.privateDirectories.map((path) => `${path} ${facts.paths[path]?.mode ?? "absent"}`)),
    ),
    ...unitChecks(expected, facts),
    ...systemChecks(expected, facts),
    ...rke2Checks(expected, facts),
  ];
}

function networkChecks(expected: Expectation, facts: Facts): Check[] {
  const judge = judgeOf(expected.name);
  const card = facts.links.find(({ address }) => address === expected.mac);
  const addresses = facts.links
    .filter(({ ifname }) => ifname !== "lo")
    .flatMap(({ ifname, addr_info }) =>
      addr_info
        .filter(({ family }) => family === "inet")
        .map(({ local, prefixlen }) => `${ifname} ${local}/${prefixlen}`),
    );
  const own = addresses.filter((each) => each !== `${expected.card} ${expected.floating}/32`);
  const [route, ...otherRoutes] = facts.routes;
  return [
    judge(
      "the card with the planned MAC has the planned name",
      card?.ifname === expected.card,
      card === undefined ? `no card has ${expected.mac}` : `${expected.mac} is ${card.ifname}`,
    ),
    judge(
      "it has the planned address and no other",
      own.length === 1 && own[0] === `${expected.card} ${expected.address}`,
      listed(addresses),
    ),
    judge(
      "one default route, through the planned gateway",
      route?.gateway === expected.gateway && otherRoutes.length === 0,
      listed(facts.routes.map(({ gateway, dev }) => `${gateway ?? "nobody"} on ${dev}`)),
    ),
    judge(
      "it asks the planned name servers",
      JSON.stringify(facts.resolvers) === JSON.stringify(expected.nameservers),
      listed(facts.resolvers),
    ),
  ];
}

/** unitChecks: a unit that nothing enables may be called static, indirect or generated; it has to run all the same. */
function unitChecks(expected: Expectation, facts: Facts): Check[] {
  const judge = judgeOf(expected.name);
  const units = expected.units.map(({ name, enabled, active }) => {
    const found = facts.units[name];
    const runs = active === undefined || found?.active === active;
    const ok = runs && (enabled === "static" || found?.enabled === enabled);
    return judge(
      `${name} is ${[enabled, active].filter((word) => word !== undefined && word !== "static").join(" and ")}`,
      ok,
      found === undefined ? "unknown" : `${found.enabled}, ${found.active}`,
    );
  });
  return [...units, judge("no unit has failed", facts.failedUnits.length === 0, listed(facts.failedUnits))];
}

function systemChecks(expected: Expectation, facts: Facts): Check[] {
  const judge = judgeOf(expected.name);
  const settings = Object.entries(expected.sysctls);
  const lacking = expected.packages.filter((name) => facts.packages[name] !== "installed");
  const seen = settings.map(([name]) => `${name} = ${facts.sysctls[name] ?? "unknown"}`);
  return [
    judge("swap is off", facts.swaps.length === 0, listed(facts.swaps)),
    judge(
      `${settings.length} kernel settings have taken effect`,
      settings.every(([name, value]) => facts.sysctls[name] === value),
      listed(seen),
    ),
    judge(
      `${expected.packages.length} packages are installed`,
      lacking.length === 0,
      lacking.length === 0 ? listed(expected.packages) : `lacks ${listed(lacking)}`,
    ),
  ];
}

function rke2Checks(expected: Expectation, { rke2 }: Facts): Check[] {
  if (!expected.rke2) return [];
  const judge = judgeOf(expected.name);
  if (rke2 === null) return [judge("RKE2's stand-in ran", false, "it never did")];
  return [
    judge("RKE2's stand-in refuses nothing", rke2.refused === null, rke2.refused ?? "nothing"),
    ...rke2.held.map((claim) => judge(`RKE2's stand-in: ${claim.replace(/:.*/s, "")}`, true, claim)),
  ];
}

function differenceOf(file: ExpectedFile, { paths }: Facts): string {
  const found = paths[file.path];
  if (found === null || found === undefined) return `${file.path} is absent`;
  const differences = [
    ...(found.mode === file.mode ? [] : [`mode ${found.mode}, not ${file.mode}`]),
    ...(found.owner === file.owner ? [] : [`owner ${found.owner}, not ${file.owner}`]),
    ...(found.sha256 === file.sha256 ? [] : ["other content"]),
  ];
  return differences.length === 0 ? "" : `${file.path} has ${differences.join(", ")}`;
}
