import { keepRegisteredScript } from "../../../cloud-init/scripts";
import type { RunningMachine } from "../../../lab/machine";
import {
  agentData,
  clientFiles,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  type NodeSettings,
  readyNodes,
  serverData,
  type Stage,
} from "./stage";

jest.setTimeout(60_000);

const api = "https://192.168.0.21:6443/api/v1/nodes";

let stage: Stage;
let identity: Identity;
beforeEach(async () => {
  stage = await createStage();
  identity = await createIdentity();
});
afterEach(() => stage.close());

function server(): Promise<RunningMachine> {
  const userData = serverData(identity, { name: "server-1" });
  return stage.powerOn(machine({ vmId: 21, name: "server-1", address: "192.168.0.21", userData }));
}

function worker(n: number, more: Partial<NodeSettings> = {}): Promise<RunningMachine> {
  const name = `worker-${n}`;
  const mac = `BC:24:11:00:00:3${n}`;
  const userData = agentData(identity, { name, ...more });
  return stage.powerOn(machine({ vmId: 30 + n, name, address: `192.168.0.3${n}`, mac, userData }));
}

const kept = (n: number): Pick<NodeSettings, "service"> => ({
  service: {
    script: keepRegisteredScript,
    unit: `[Service]\nExecStart=/usr/local/sbin/own worker-${n} 192.168.0.21\nRestart=always\n[Install]\nWantedBy=multi-user.target\n`,
  },
});

const ready = (...names: string[]): Promise<boolean> =>
  eventually(
    () => JSON.stringify(readyNodes(stage)) === JSON.stringify(names) || undefined,
    () => stage.room.inspect(),
  );

const joins = (name: string): string[] =>
  stage.view(name).console.filter((line) => line.includes(`agent ${name} v1.36.5+rke2r1 joined`));

const lost = "has lost Node worker-2: restarting rke2-agent";

test("after a re-initialisation a running agent stays unknown, and the one that is kept registered comes back", async () => {
  const first = await server();
  await worker(1);
  await worker(2, kept(2));
  await ready("server-1", "worker-1", "worker-2");
  await stage.says("worker-2", "worker-2 is registered");
  await first.powerOff();
  await server();
  await ready("server-1", "worker-2");
  expect(joins("worker-1")).toHaveLength(1);
  expect(joins("worker-2")).toHaveLength(2);
  expect(stage.view("worker-2").console.filter((line) => line.includes(lost))).toHaveLength(1);
  expect(stage.room.inspect().violations).toEqual([]);
});

test("a Node deleted by hand comes back while its machine runs", async () => {
  await server();
  await worker(2, kept(2));
  await ready("server-1", "worker-2");
  await stage.says("worker-2", "worker-2 is registered");
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  await stage.curl(...admin, "--request", "DELETE", `${api}/worker-2`);
  await stage.says("worker-2", lost);
  await ready("server-1", "worker-2");
  expect(joins("worker-2")).toHaveLength(2);
});
