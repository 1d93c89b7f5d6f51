import { createHmac } from "node:crypto";
import { edgeFindings, type EdgeAnswers } from "../../cli/doctor/judge/edge";
import { type KubernetesAnswer, kubernetesFindings } from "../../cli/doctor/judge/kubernetes";
import { knownKeys } from "../../cli/doctor/judge/known-hosts";
import { type SshAnswer, sshAddress, type SshAsked, sshFindings } from "../../cli/doctor/judge/ssh";
import { type Tools, toolFindings } from "../../cli/doctor/judge/tools";
import { isOlder } from "../../cli/doctor/judge/version";
import { amiss, home, now, read, refused, silent } from "./answers";

test("versions are compared number by number", () => {
  expect(isOlder("1.9.8", "1.11")).toBe(true);
  expect(isOlder("1.11.0-rc1", "1.11")).toBe(false);
  expect(isOlder("2.0", "1.11")).toBe(false);
  expect(isOlder("8", "9.0")).toBe(true);
});

describe("tools", () => {
  const at = (name: string, version: string) => ({ file: `/usr/bin/${name}`, version });
  const tools: Tools = {
    node: "20.20.2",
    engine: { ...at("terraform", "1.11.4"), program: "terraform", isNamed: false },
    curl: at("curl", "7.88.1"),
    bash: at("bash", "5.2.15"),
    openssl: at("openssl", "3.0.19"),
    kubectl: at("kubectl", "1.32.4"),
    ssh: at("ssh", "9.2"),
  };
  const judged = (changed: Partial<Tools>) => amiss(toolFindings({ ...tools, ...changed }));

  test("refuses what a deploy runs: missing, too old, or broken", () => {
    expect(judged({})).toEqual([]);
    expect(judged({ bash: {} })).toEqual([
      "doctor/no-tool bash: PATH has none; install bash, or add its folder to PATH",
    ]);
    expect(judged({ curl: at("curl", "7.74.0") })[0]).toContain(
      "doctor/old-tool curl: version 7.74.0; install curl 7.76",
    );
    expect(judged({ bash: { file: "/bin/bash" } })[0]).toContain(
      "doctor/broken-tool bash: /bin/bash tells no version",
    );
  });

  test("refuses an engine before 1.11, Terraform or OpenTofu", () => {
    for (const program of ["terraform", "tofu"])
      expect(judged({ engine: { ...at(program, "1.10.9"), program, isNamed: true } })[0]).toContain(
        `install ${program} 1.11 or newer`,
      );
  });

  test("OpenTofu that nobody named is not what cdktf calls", () => {
    const tofu = { ...at("tofu", "1.12.6"), program: "tofu" };
    expect(judged({ engine: { ...tofu, isNamed: false } })).toEqual([
      "note: terraform is not on PATH: for npx cdktf export TERRAFORM_BINARY_NAME=tofu",
    ]);
    expect(judged({ engine: { ...tofu, isNamed: true } })).toEqual([]);
  });

  test("what is a convenience may be missing", () => {
    const without = judged({ kubectl: {}, openssl: {}, ssh: {} });
    expect(without).toHaveLength(3);
    for (const line of without) expect(line).toMatch(/^note: /);
  });
});

describe("SSH", () => {
  const [pve1] = home.proxmox.hosts;
  if (pve1 === undefined) throw new Error("home has no host");
  const asked: SshAsked = {
    host: pve1,
    address: "192.168.0.11",
    folder: "/mnt/nas/snippets",
    username: "slipway",
  };
  const judged = (answer: SshAnswer, changed: Partial<SshAsked> = {}) =>
    amiss(sshFindings({ ...asked, ...changed }, answer));
  const within: SshAnswer = { kind: "in", rights: "sudo", mayWrite: true, folder: "there" };

  test("takes root, and sudo that lets it write; refuses no sudo and too little", () => {
    expect(judged(within)).toEqual([]);
    expect(judged({ kind: "in", rights: "root", folder: "there" })).toEqual([]);
    expect(judged({ kind: "in", rights: "none", folder: "there" })[0]).toContain(
      "no sudo without a password",
    );
    expect(judged({ ...within, mayWrite: false })[0]).toContain(
      "add to /etc/sudoers.d/slipway on pve1: slipway ALL=(root) NOPASSWD: /usr/bin/tee /mnt/nas/snippets/*",
    );
  });

  test("refuses a changed host key before anything is said there, with the way to forget the old one", () => {
    expect(judged({ kind: "other key" })).toEqual([
      "doctor/ssh-host-key proxmox.hosts.pve1: 192.168.0.11 shows another host key than the one in ~/.ssh/known_hosts; if pve1 was installed again: ssh-keygen -R 192.168.0.11",
      "not checked: the snippets' folder on pve1, because nobody could log in there",
    ]);
  });

  test("refuses a folder that is not there, and leaves one that may not be seen undecided", () => {
    expect(judged({ ...within, folder: "missing" })[0]).toContain("mkdir -p /mnt/nas/snippets on pve1");
    expect(judged({ ...within, folder: "unknown" })[0]).toMatch(/^not checked: /);
  });

  test("goes where the provider goes, and notes when cluster.ts says another address", () => {
    const row = (iface: string, priority: number, more: object = {}) => ({
      iface,
      priority,
      type: "bridge",
      active: true,
      ...more,
    });
    const storage = row("vmbr1", 3, { address: "10.0.0.11" });
    const lan = row("vmbr0", 4, { address: "192.168.0.11", gateway: "192.168.0.1" });
    expect(sshAddress([storage, lan])).toBe("192.168.0.11");
    expect(
      sshAddress(
        [lan, storage].map(({ iface, priority, type, active }) => ({
          iface,
          priority,
          type,
          active,
          address: iface,
        })),
      ),
    ).toBe("vmbr1");
    expect(sshAddress([row("nic0", 1)])).toBeUndefined();
    expect(judged(within, { address: "10.0.0.11" })).toEqual([
      "note: the provider speaks SSH to pve1 at 10.0.0.11; cluster.ts says 192.168.0.11",
    ]);
  });

  test("a host is known by its name, in a list or hashed, and not by a marked line or another's", () => {
    const salt = Buffer.from("0123456789abcdefghij");
    const hash = createHmac("sha1", salt).update("192.168.0.11").digest("base64");
    const file = [
      "# mine",
      "pve1,192.168.0.11 ssh-ed25519 AAAA1 root@pve1",
      `|1|${salt.toString("base64")}|${hash} ecdsa-sha2-nistp256 AAAA2`,
      "@revoked 192.168.0.11 ssh-rsa AAAA3",
      "192.168.0.12 ssh-ed25519 AAAA4",
      "[192.168.0.11]:2222 ssh-ed25519 AAAA5",
    ].join("\n");
    expect(knownKeys(file, "192.168.0.11")).toEqual([
      { type: "ssh-ed25519", key: "AAAA1" },
      { type: "ecdsa-sha2-nistp256", key: "AAAA2" },
    ]);
  });
});

describe("Kubernetes", () => {
  const url = "https://192.168.0.20:6443";
  const good = { validTo: new Date("2027-11-21T00:00:00Z") };
  const answer: KubernetesAnswer = {
    kind: "asked",
    url,
    administrator: good,
    certificate: good,
    version: read({ gitVersion: "v1.36.5+rke2r1" }),
  };
  const judged = (changed: object, servers: readonly string[] | undefined = ["server-1"]) =>
    amiss(kubernetesFindings(home, { ...answer, ...changed }, servers, now));
  const nobody = { version: silent(28, "curl: (28) timed out") };

  test("silence is no problem before a server runs, one after, and undecided without Proxmox", () => {
    expect(judged({})).toEqual([]);
    expect(judged(nobody, [])).toEqual([
      `note: nothing answers at ${url} yet: no server of the cluster runs`,
    ]);
    expect(judged(nobody)[0]).toContain(`doctor/no-kubernetes api.address: ${url} does not answer`);
    expect(amiss(kubernetesFindings(home, { ...answer, ...nobody }, undefined, now))[0]).toMatch(
      /^not checked: /,
    );
  });

  test("refuses another authority's certificate, whatever runs", () => {
    expect(judged({ version: silent(60, "curl: (60) self-signed") }, [])[0]).toContain(
      "not of this cluster's authority",
    );
  });

  test("refuses an administrator's certificate that has ended, and one that the API does not take", () => {
    expect(judged({ administrator: { validTo: new Date("2026-11-01T00:00:00Z") } })[0]).toContain(
      "doctor/certificate home-identity: the administrator's certificate ended on 2026-11-01",
    );
    expect(judged({ version: refused(401, "Unauthorized") })[0]).toContain("HTTP 401, Unauthorized");
  });

  test("is not checked where no kubeconfig is, and says why in one line", () => {
    const lines = amiss(
      kubernetesFindings(home, { kind: "none", says: "Not deployed.\nterraform says:\nno" }, [], now),
    );
    expect(lines).toEqual([
      "not checked: the API, because there is no kubeconfig to trust it by. Not deployed.",
    ]);
  });
});

describe("the proxy in front", () => {
  const { edge } = home;
  if (edge === undefined) throw new Error("home has no edge");
  const version = (minor: number, major = 2) => ({ setup: true, version: { major, minor, revision: 1 } });
  const permissions = {
    visibility: "all",
    ...Object.fromEntries(
      ["proxy_hosts", "redirection_hosts", "dead_hosts", "streams", "certificates"].map((one) => [
        one,
        "manage",
      ]),
    ),
  };
  const answers: EdgeAnswers = { status: read(version(15)), user: read({ roles: [], permissions }) };
  const judged = (changed: Partial<EdgeAnswers>, changedEdge = edge) =>
    amiss(edgeFindings(changedEdge, { ...answers, ...changed }, now));

  test("refuses before 2.13 and another major, takes the tried one, notes others", () => {
    expect(judged({})).toEqual([]);
    expect(judged({ status: read(version(12)) })[0]).toContain("doctor/old-proxy");
    expect(judged({ status: read(version(0, 3)) })[0]).toContain("doctor/old-proxy");
    expect(judged({ status: read(version(14)) })).toEqual([
      "note: Nginx Proxy Manager 2.14.1; Slipway was tried with 2.15",
    ]);
  });

  test("refuses one that nobody has claimed", () => {
    expect(judged({ status: read({ ...version(15), setup: false }) })[0]).toContain("doctor/unclaimed-proxy");
  });

  test("refuses a user who sees only his own, or may not manage a section; an administrator may all", () => {
    const user = (changed: object, roles: readonly string[] = []) =>
      read({ roles, permissions: { ...permissions, ...changed } });
    expect(judged({ user: user({ visibility: "user" }) })[0]).toContain("may not manage what others made");
    expect(judged({ user: user({ streams: "view" }) })[0]).toContain("may not manage streams");
    expect(judged({ user: user({ streams: "hidden" }, ["admin"]) })).toEqual([]);
  });

  test("refuses a default site with a login that is no administrator's", () => {
    expect(judged({}, { ...edge, defaultSite: { page: "404" } })[0]).toContain(
      "edge.defaultSite: this user of the proxy is no administrator",
    );
  });

  test("the login waits for a proxy that answers as one", () => {
    for (const status of [silent(7, "curl: (7) refused"), refused(404)]) {
      const [first, second] = judged({ status });
      expect(first).toContain("doctor/no-answer edge.nginxProxyManager.url");
      expect(second).toMatch(/^not checked: the login at the proxy, /);
    }
  });

  test("over https has a certificate that is looked at", () => {
    expect(
      judged(
        { certificate: { validTo: new Date("2026-11-01T00:00:00Z") } },
        { ...edge, url: "https://npm.test.com" },
      )[0],
    ).toContain("doctor/certificate edge.nginxProxyManager.url: the proxy's certificate ended");
  });
});
