import { curlVersions, engineVersions } from "../../../versions";
import { type Finding, note, ok, problem } from "../finding";
import { isOlder } from "./version";

/** Tool on this machine. */
export interface Tool {
  /** file of the program; absent = PATH has none. */
  readonly file?: string;
  /** version that it tells; absent = it could not be run, or tells none. */
  readonly version?: string;
}

export interface Tools {
  readonly node: string;
  /** engine that plans: program as cdktf calls it, isNamed by TERRAFORM_BINARY_NAME. */
  readonly engine: Tool & { readonly program: string; readonly isNamed: boolean };
  readonly curl: Tool;
  readonly bash: Tool;
  readonly openssl: Tool;
  readonly kubectl: Tool;
  readonly ssh: Tool;
}

/** toolFindings: what a deploy runs on this machine has to be there and new enough; the rest is a convenience. */
export function toolFindings({ node, engine, curl, bash, openssl, kubectl, ssh }: Tools): Finding[] {
  return [
    ok(`node ${node}`),
    ...engineFindings(engine),
    needed("curl", curl, "gates ask Proxmox and Kubernetes with it", curlVersions.oldest),
    needed("bash", bash, "gates are written for it"),
    convenient("openssl", openssl, "the machines of a rehearsal use it"),
    convenient("kubectl", kubectl, "you look at the cluster with it"),
    convenient("ssh", ssh, "you look at the hosts with it; the provider has its own"),
  ];
}

function engineFindings({ program, isNamed, ...tool }: Tools["engine"]): Finding[] {
  const why =
    "it plans and applies, and ephemeral variables and write-only attributes came with that version";
  const found = needed(program, tool, why, engineVersions.oldest);
  // cdktf calls terraform where no other is named.
  return program === "tofu" && !isNamed && found.result === "ok"
    ? [found, note("terraform is not on PATH: for npx cdktf export TERRAFORM_BINARY_NAME=tofu")]
    : [found];
}

function needed(name: string, { file, version }: Tool, why: string, oldest?: string): Finding {
  const atLeast = oldest === undefined ? name : `${name} ${oldest} or newer`;
  if (file === undefined) {
    return problem("doctor/no-tool", name, {
      found: "PATH has none",
      why,
      fix: `install ${atLeast}, or add its folder to PATH`,
    });
  }
  if (version === undefined) {
    return problem("doctor/broken-tool", name, {
      found: `${file} tells no version`,
      why,
      fix: `run it by hand to see its own words, or install ${atLeast}`,
    });
  }
  if (oldest !== undefined && isOlder(version, oldest))
    return problem("doctor/old-tool", name, { found: `version ${version}`, why, fix: `install ${atLeast}` });
  return ok(`${name} ${version}`);
}

function convenient(name: string, { file, version }: Tool, use: string): Finding {
  if (file === undefined) return note(`${name} is not on PATH: ${use}`);
  return ok(version === undefined ? name : `${name} ${version}`);
}
