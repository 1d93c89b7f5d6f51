import { fillSecrets, secretNames, secretSlot, secretsIn } from "../../cloud-init/secrets";
import { everything, examples, type Rendered } from "./clusters";
import { readUserData } from "./read-document";

const { ha } = examples;

function machine(name: string): Rendered {
  const found = everything.find((each) => `${each.cluster}/${each.machine}` === name);
  if (found === undefined) throw new Error(`no example has ${name}`);
  return found;
}

test("a slot is filled and the text around it made literal, each only once", () => {
  const text = `a: ${secretSlot("server-token")}\nb: \${x} ${secretSlot("rejoin.key")}\n`;
  expect(
    fillSecrets(
      text,
      (name) => `<${name}>`,
      (part) => part.replaceAll("${", () => "$${"),
    ),
  ).toBe("a: <server-token>\nb: $${x} <rejoin.key>\n");
});

test("a value that itself looks like a slot is left as it is", () => {
  expect(fillSecrets(secretSlot("server-token"), () => secretSlot("agent-token"))).toBe(
    "secret(agent-token)",
  );
});

test("refuses a slot for a secret that nothing knows", () => {
  expect(() => secretsIn("secret(root-password)")).toThrow("'root-password' is no secret of a document");
  expect(() => fillSecrets("secret(root-password)", () => "")).toThrow("'root-password' is no secret");
});

test("every secret of the union has a slot somewhere", () => {
  expect(new Set(everything.flatMap((each) => secretsIn(each.userData)))).toEqual(new Set(secretNames));
});

test.each(everything.map((each) => [`${each.cluster}/${each.machine}`, each] as const))(
  "%s keeps every secret in a file that root alone reads, below a directory that root alone enters",
  (_, each) => {
    const { write_files: files, bootcmd } = readUserData(each.userData);
    const privateDirectories = bootcmd.flatMap((command) =>
      typeof command !== "string" && command.includes("--mode=0700") ? command.slice(3) : [],
    );
    const withSlot = files.filter((file) => secretsIn(file.content).length > 0);
    for (const file of withSlot) {
      expect(file).toMatchObject({ permissions: "0600", encoding: "b64" });
      expect(privateDirectories.some((directory) => file.path.startsWith(`${directory}/`))).toBe(true);
      expect(file.content).toBe(secretSlot(secretsIn(file.content)[0] ?? "server-token"));
    }
    expect(withSlot.flatMap((file) => secretsIn(file.content)).length).toBe(
      each.userData.split("secret(").length - 1,
    );
    expect(secretsIn(each.metaData + each.networkConfig)).toEqual([]);
  },
);

test("a worker holds the agent token and its own password, and nothing that makes a server", () => {
  for (const name of ["home/worker-1", "ha/worker-3", "lab/worker-2"]) {
    expect(secretsIn(machine(name).userData)).toEqual(["agent-token", "node-password"]);
  }
});

test("a server that may not begin the cluster holds no authority's key", () => {
  expect(ha?.servers.map((server) => server.mayInitialise)).toEqual([true, false, false]);
  for (const name of ["ha/server-2", "ha/server-3"]) {
    expect(secretsIn(machine(name).userData).sort()).toEqual(
      ["agent-token", "node-password", "rejoin.crt", "rejoin.key", "server-ca.crt", "server-token"].sort(),
    );
  }
});

test("the server that may begin the cluster places each authority where RKE2 looks for it", () => {
  const files = readUserData(machine("ha/server-1").userData).write_files;
  const tls = "/var/lib/rancher/rke2/server/tls/";
  expect(
    Object.fromEntries(
      files
        .filter((file) => file.path.startsWith(tls))
        .map((file) => [file.path.slice(tls.length), secretsIn(file.content)[0]]),
    ),
  ).toEqual({
    "server-ca.crt": "server-ca.crt",
    "server-ca.key": "server-ca.key",
    "client-ca.crt": "client-ca.crt",
    "client-ca.key": "client-ca.key",
    "request-header-ca.crt": "request-header-ca.crt",
    "request-header-ca.key": "request-header-ca.key",
    "etcd/server-ca.crt": "etcd-server-ca.crt",
    "etcd/server-ca.key": "etcd-server-ca.key",
    "etcd/peer-ca.crt": "etcd-peer-ca.crt",
    "etcd/peer-ca.key": "etcd-peer-ca.key",
    "service.key": "service-account.key",
  });
});

test("an installer holds no secret at all", () => {
  expect(secretsIn(machine("iso/installer-pve1").userData)).toEqual([]);
});
