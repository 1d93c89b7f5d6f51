import { spawnSync } from "node:child_process";
import { join, relative } from "node:path";
import { inOwnNetwork } from "../../../../lab/engine/own-network";
import { programNames, programsToBuild } from "../../../../lab/kubernetes/real/programs";
import { skipped } from "../../../skipped";

const project = join(__dirname, "../../../..");
const seconds = 900;

/**
 * claimsInOwnNetwork runs a file's claims in a network namespace. Seen from outside all of them are one test, which
 * starts jest once more inside. What the claims need and this machine lacks is a reason to skip.
 */
export function claimsInOwnNetwork(file: string, claims: () => void, lacks = unbuiltPrograms): void {
  const name = relative(project, file);
  const reason = inOwnNetwork() ? undefined : (withoutNamespaces() ?? lacks());
  if (inOwnNetwork()) claims();
  else if (reason !== undefined) skipped(name, reason);
  else {
    const claim = `every claim of ${name} holds inside a network namespace`;
    test(claim, () => expect(insideOf(file)).toEqual({ status: 0, said: "" }), seconds * 1000);
  }
}

function withoutNamespaces(): string | undefined {
  const { status } = spawnSync("unshare", ["--net", "--mount", "--uts", "true"]);
  return status === 0 ? undefined : "this machine grants no namespaces";
}

/** unbuiltPrograms are built with KUBE=real. */
function unbuiltPrograms(): string | undefined {
  const missing = programsToBuild(programNames, process.env);
  if (missing.length === 0 || process.env["KUBE"] === "real") return undefined;
  return `${missing.join(", ")} would have to be built, which takes minutes; KUBE=real does`;
}

/** insideOf the namespace; what jest says is of interest only when a claim does not hold. */
function insideOf(file: string): { status: number | null; said: string } {
  const jest = join(project, "node_modules/.bin/jest");
  const command = [process.execPath, jest, "--runInBand", "--ci", "--verbose", file];
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...command],
    { cwd: project, encoding: "utf8", env: { ...process.env, SLIPWAY_OWN_NETWORK: "yes" } },
  );
  return { status, said: status === 0 ? "" : `${stdout}${stderr}` };
}
