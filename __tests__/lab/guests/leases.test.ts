import type { RunningMachine } from "../../../lab/machine";
import { at, listAt, textAt } from "../../../lab/kubernetes/json";
import {
  agentData,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  readyNodes,
  serverData,
  type Stage,
} from "./stage";

jest.setTimeout(60_000);

let stage: Stage;
let identity: Identity;
let worker: RunningMachine;

beforeAll(async () => {
  stage = await createStage();
  identity = await createIdentity();
  const userData = serverData(identity, { name: "server-1" });
  await stage.powerOn(machine({ vmId: 21, name: "server-1", address: "192.168.0.21", userData }));
  worker = await stage.powerOn(
    machine({
      vmId: 31,
      name: "worker-1",
      address: "192.168.0.31",
      mac: "BC:24:11:00:00:31",
      userData: agentData(identity, { name: "worker-1" }),
    }),
  );
  await eventually(
    () => readyNodes(stage).length === 2 || undefined,
    () => stage.room.inspect(),
  );
});
afterAll(() => stage.close());

test("every kubelet that runs renews its own Lease, again and again", async () => {
  for (const name of ["server-1", "worker-1"]) {
    const first = await anotherThan("", name);
    const second = await anotherThan(first, name);
    expect(second > first).toBe(true);
  }
});

test("a machine without power renews nothing, and its Node is called Ready for a while yet", async () => {
  await worker.powerOff();
  const last = await renewTime("worker-1");
  const unknown = await eventually(
    async () => {
      const ready = await condition("worker-1");
      return textAt(ready, "status") === "Unknown" ? ready : undefined;
    },
    () => stage.room.inspect(),
  );
  expect(await renewTime("worker-1")).toBe(last);
  const noticed = Date.parse(textAt(unknown, "lastHeartbeatTime") ?? "");
  expect(noticed - Date.parse(last)).toBeGreaterThanOrEqual(1000);
  expect(stage.room.inspect().violations).toEqual([]);
});

function anotherThan(before: string, name: string): Promise<string> {
  return eventually(
    async () => {
      const now = await renewTime(name);
      return now === "" || now === before ? undefined : now;
    },
    () => stage.room.inspect(),
  );
}

async function renewTime(name: string): Promise<string> {
  return textAt(await find("Lease", name), "spec", "renewTime") ?? "";
}

async function condition(name: string) {
  const conditions = listAt(await find("Node", name), "status", "conditions");
  return conditions.find((one) => at(one, "type") === "Ready");
}

async function find(kind: string, name: string) {
  const objects = await stage.room.inspect().clusters[0]?.objects();
  return objects?.find((one) => one.kind === kind && one.metadata.name === name);
}
