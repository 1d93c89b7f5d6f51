import {
  clientFiles,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  readyNodes,
  serverData,
  type Stage,
} from "./stage";

jest.setTimeout(30_000);

const rbac = "rbac.authorization.k8s.io";
const rejoin = [
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata: { name: "rejoin" },
    rules: [{ apiGroups: [""], resources: ["nodes"], resourceNames: ["server-1"], verbs: ["get", "delete"] }],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: "rejoin" },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "rejoin" },
    subjects: [{ apiGroup: rbac, kind: "User", name: "rejoin:server-1" }],
  },
];

let stage: Stage;
let identity: Identity;
beforeAll(async () => {
  stage = await createStage();
  identity = await createIdentity();
  const userData = serverData(identity, { name: "server-1", manifests: rejoin });
  await stage.powerOn(machine({ name: "server-1", address: "192.168.0.21", userData }));
  await eventually(
    () => readyNodes(stage)[0],
    () => stage.room.inspect(),
  );
});
afterAll(() => stage.close());

async function code(who: readonly string[], path: string, method = "GET"): Promise<string> {
  return stage.curl(
    ...who,
    "-o",
    "/dev/null",
    "-w",
    "%{http_code}",
    "-X",
    method,
    `https://192.168.0.21:6443${path}`,
  );
}

test("refuses who shows no certificate, and one of another authority", async () => {
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  expect(await code(admin.slice(0, 2), "/readyz")).toBe("401");
  const stranger = await clientFiles(stage, { ...(await createIdentity()) }, "stranger", "system:masters");
  expect(await code([...admin.slice(0, 2), ...stranger.slice(2)], "/readyz")).toBe("401");
});

test("a role with resourceNames reaches these names and these verbs only", async () => {
  const user = await clientFiles(stage, identity, "rejoin:server-1");
  expect(await code(user, "/api/v1/nodes/server-1")).toBe("200");
  expect(await code(user, "/api/v1/nodes/server-2")).toBe("403");
  expect(await code(user, "/api/v1/nodes")).toBe("403");
});

test("refuses a user to whom no role was bound", async () => {
  const user = await clientFiles(stage, identity, "rejoin:server-2", "administrators");
  expect(await code(user, "/api/v1/nodes/server-1")).toBe("403");
  expect(await code(user, "/api/v1/nodes/server-1", "DELETE")).toBe("403");
});

test("the group system:masters may do everything, and a name nobody has is not found", async () => {
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  expect(await code(admin, "/api/v1/nodes")).toBe("200");
  expect(await code(admin, "/api/v1/nodes/server-9")).toBe("404");
});

test("the serving certificate names the node, the API address and the Service", async () => {
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  const through = (name: string): Promise<string> =>
    stage.curl(...admin, "--connect-to", `${name}:6443:192.168.0.21:6443`, `https://${name}:6443/livez`);
  for (const name of ["192.168.0.20", "10.43.0.1", "server-1", "kubernetes.default.svc"])
    expect(await through(name)).toBe("ok");
  await expect(through("192.168.0.99")).rejects.toThrow(/192\.168\.0\.99/);
});
