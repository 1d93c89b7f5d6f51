import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { Console } from "../../../lab/guests/console";
import { readConfig } from "../../../lab/guests/rke2/config";
import { checkStart } from "../../../lab/guests/rke2/start-checks";
import { Kernel } from "../../../lab/guests/system/kernel";
import { addUser } from "../../../lab/guests/system/users";

const version = "v1.36.5+rke2r1";
const policy = { apiVersion: "audit.k8s.io/v1", kind: "Policy", rules: [{ level: "Metadata" }] };
const registries = "/etc/rancher/rke2/registries.yaml";
const settings = "vm.panic_on_oom = 0\nvm.overcommit_memory=1\nkernel.panic = 10\nkernel.panic_on_oops = 1\n";

let root: string;
let console: Console;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lab-start-"));
  console = new Console();
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : stringify(content));
}

/** start RKE2 with that configuration, as far as it looks at its own machine. */
function start(config: object, role: "server" | "agent" = "server"): void {
  put("/etc/rancher/rke2/config.yaml", config);
  const network = { interfaces: [], nameservers: [], dhcp: [] };
  const kernel = new Kernel(root);
  const guest = { machine: "m", root, hostname: "m", network, console, kernel, reach: () => undefined };
  checkStart(guest, readConfig(root, role), role, version);
}

function harden(): void {
  put("/etc/sysctl.d/60-rke2-cis.conf", settings);
  addUser(root, [
    "--system",
    "--user-group",
    "--shell",
    "/usr/sbin/nologin",
    "--comment",
    "etcd user",
    "etcd",
  ]);
}

test("a machine with nothing special starts", () => {
  expect(() => start({})).not.toThrow();
  expect(() => start({}, "agent")).not.toThrow();
});

describe("profile cis", () => {
  test("starts on a machine with the settings and, if it is a server, the user", () => {
    harden();
    expect(() => start({ profile: "cis" })).not.toThrow();
    rmSync(join(root, "etc/passwd"));
    expect(() => start({ profile: "cis" }, "agent")).not.toThrow();
  });

  test("refuses a kernel as Ubuntu has it, naming each setting", () => {
    expect(() => start({ profile: "cis" }, "agent")).toThrow(
      "invalid kernel parameter value vm.overcommit_memory=0 - expected 1\n" +
        "invalid kernel parameter value kernel.panic=0 - expected 10\n" +
        "invalid kernel parameter value kernel.panic_on_oops=0 - expected 1",
    );
  });

  test("refuses a server without etcd's user, or without its group", () => {
    put("/etc/sysctl.d/60-rke2-cis.conf", settings);
    expect(() => start({ profile: "cis" })).toThrow(
      "unknown user etcd\nmissing required: group: unknown group etcd",
    );
    addUser(root, ["--system", "etcd"]);
    expect(() => start({ profile: "cis" })).toThrow(/^missing required: group: unknown group etcd$/);
  });

  test("refuses protect-kernel-defaults false, and a profile of another name", () => {
    harden();
    expect(() => start({ profile: "cis", "protect-kernel-defaults": false })).toThrow("must be true");
    expect(() => start({ profile: "cis-1.23" })).toThrow("invalid value provided for --profile flag");
  });
});

describe("files of the API server", () => {
  test("start with a policy that parses", () => {
    put("/etc/audit.yaml", policy);
    expect(() => start({ "audit-policy-file": "/etc/audit.yaml" })).not.toThrow();
  });

  test.each([
    ["that is not there", undefined, "open /etc/audit.yaml: no such file or directory"],
    ["that does not parse", "rules: [", "/etc/audit.yaml: "],
    ["of another kind", { ...policy, kind: "Plan" }, "is no Policy of audit.k8s.io/v1"],
    ["without rules", { ...policy, rules: [] }, "no rules"],
  ])("refuses a policy %s", (_, content, words) => {
    if (content !== undefined) put("/etc/audit.yaml", content);
    expect(() => start({ "audit-policy-file": "/etc/audit.yaml" })).toThrow(words);
  });

  test("refuses a pod security configuration that is something else", () => {
    put("/etc/psa.yaml", policy);
    expect(() => start({ "pod-security-admission-config-file": "/etc/psa.yaml" })).toThrow(
      "is no AdmissionConfiguration",
    );
  });
});

describe("registries.yaml", () => {
  const host = "registry.example.com:5000";
  const tls = { ca_file: "/etc/rancher/rke2/ca.crt" };

  test("is read with mirrors, rewrites, logins and authorities", () => {
    put(tls.ca_file, "-----BEGIN CERTIFICATE-----\n");
    put(registries, {
      mirrors: { "docker.io": { endpoint: [`https://${host}`], rewrite: { "^(.*)$": "hub/$1" } }, "*": null },
      configs: { [host]: { auth: { username: "u", password: "p" }, tls } },
    });
    expect(() => start({}, "agent")).not.toThrow();
  });

  test.each([
    ["an authority that is not there", { configs: { [host]: { tls } } }, "open /etc/rancher/rke2/ca.crt"],
    ["a key that containerd does not know", { mirrors: { a: { endpoints: [] } } }, "endpoints"],
    ["an endpoint that is no URL", { mirrors: { a: { endpoint: ["registry:5000"] } } }, "endpoint"],
    [
      "a rewrite that is no pattern",
      { mirrors: { a: { rewrite: { "(": "b" } } } },
      "Invalid regular expression",
    ],
    ["no mapping", "just text", "it is no mapping"],
  ])("refuses %s", (_, content, words) => {
    put(registries, content);
    expect(() => start({})).toThrow(words);
  });
});

describe("snapshots", () => {
  test.each(["0 */6 * * *", "0 0,12 * * *", "15 3 1-7/2 jan mon", "@daily"])(
    "%s is a schedule",
    (schedule) => {
      expect(() => start({ "etcd-snapshot-schedule-cron": schedule })).not.toThrow();
    },
  );

  test.each(["0 25 * * *", "60 * * * *", "* * * *", "0 0 0 * *", "5-2 * * * *", "*/0 * * * *", "often"])(
    "refuses %s as a schedule",
    (schedule) => {
      expect(() => start({ "etcd-snapshot-schedule-cron": schedule })).toThrow("invalid schedule");
    },
  );

  test("refuses a store without its keys, and takes it with them from a file of their own", () => {
    const store = { "etcd-s3": true, "etcd-s3-bucket": "b" };
    expect(() => start(store)).toThrow("etcd-s3-access-key is not set");
    put(
      "/etc/rancher/rke2/config.yaml.d/30-keys.yaml",
      '{"etcd-s3-access-key":"a","etcd-s3-secret-key":"b"}',
    );
    expect(() => start(store)).not.toThrow();
  });
});

describe("arguments", () => {
  test("are flags without their dashes, with whatever value", () => {
    const flags = [
      "max-pods=200",
      "v=2",
      "eviction-hard=memory.available<5%,nodefs.available<10%",
      "logtostderr",
    ];
    expect(() => start({ "kubelet-arg": flags }, "agent")).not.toThrow();
  });

  test("refuses a flag with its dashes", () => {
    expect(() => start({ "kube-apiserver-arg": ["--v=2"] })).toThrow("kube-apiserver: unknown flag: ----v=2");
  });

  test("refuses the control plane's arguments on an agent", () => {
    expect(() => start({ "kube-apiserver-arg": ["v=2"] }, "agent")).toThrow("flag provided but not defined");
  });
});

describe("archives of images", () => {
  const folder = "/var/lib/rancher/rke2/agent/images";

  test("of the release are imported", () => {
    put(`${folder}/core.tar.zst`, `stand-in for images of rke2 ${version}: core\n`);
    start({}, "agent");
    expect(console.lines).toContain("rke2: images of core.tar.zst imported");
  });

  test("refuses those of another release, and what is none", () => {
    put(`${folder}/core.tar.zst`, "stand-in for images of rke2 v1.35.7+rke2r1: core\n");
    expect(() => start({}, "agent")).toThrow("has the images of v1.35.7+rke2r1, not v1.36.5+rke2r1");
    put(`${folder}/core.tar.zst`, "<html>");
    expect(() => start({}, "agent")).toThrow("it is no archive of images");
  });
});
