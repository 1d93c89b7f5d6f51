import type { IncomingMessage } from "node:http";
import { type Finished, type GateStand, runGate, standForGates } from "./gate-stand";

let stand: GateStand;

beforeAll(async () => {
  stand = await standForGates();
});
beforeEach(() => stand.seen.splice(0));
afterAll(() => stand.close());

const login = { PROXMOX_VE_API_TOKEN: "deploy@pve!slipway=00000000-0000-0000-0000-000000000000" };

test("passes when the token holds every privilege, asked path by path", async () => {
  stand.answer = (request) => [
    200,
    { data: { [pathOf(request)]: { "VM.Allocate": 1, "VM.Clone": 1, "SDN.Use": 0 } } },
  ];
  const { status } = await privileges(
    "/vms VM.Allocate VM.Clone\n/sdn/zones/localnetwork/vmbr0 SDN.Use",
    login,
  );
  expect(status).toBe(0);
  expect(stand.seen.map(pathOf)).toEqual(["/vms", "/sdn/zones/localnetwork/vmbr0"]);
  expect(stand.seen[0]?.headers.authorization).toBe(`PVEAPIToken=${login.PROXMOX_VE_API_TOKEN}`);
});

test("refuses a token that lacks privileges, naming all of them", async () => {
  stand.answer = (request) => [200, { data: { [pathOf(request)]: { "VM.Allocate": 1 } } }];
  const { status, output } = await privileges(
    "/vms VM.Allocate VM.Clone VM.Audit\n/pool/home Pool.Allocate",
    login,
  );
  expect(status).toBe(1);
  expect(output).toContain("  /vms: VM.Clone VM.Audit\n  /pool/home: Pool.Allocate\n");
  expect(output).toContain("nothing was changed");
});

test("logs in with a name and a password where there is no token", async () => {
  stand.answer = (request) =>
    request.url === "/api2/json/access/ticket"
      ? [200, { data: { ticket: "PVE:root@pam:TICKET" } }]
      : [200, { data: { "/vms": { "VM.Audit": 1 } } }];
  const user = { PROXMOX_VE_USERNAME: "root@pam", PROXMOX_VE_PASSWORD: "marker-password" };
  const { status, output } = await privileges("/vms VM.Audit", user);
  expect(status).toBe(0);
  expect(stand.seen[1]?.headers.cookie).toBe("PVEAuthCookie=PVE:root@pam:TICKET");
  expect(output).not.toContain("marker-password");
});

test("refuses to ask without a credential, saying which variable to set", async () => {
  const { status, output } = await privileges("/vms VM.Audit", {});
  expect(status).toBe(1);
  expect(output).toContain("PROXMOX_VE_API_TOKEN");
  expect(stand.seen).toHaveLength(0);
});

test("waits until an installer has switched its machine off", async () => {
  const states = ["running", "stopped"];
  stand.answer = () => [200, { data: { status: states.shift() } }];
  const { status, output } = await poweredOff({});
  expect(status).toBe(0);
  expect(output).toContain("VM 9511 is off");
  expect(stand.seen.map((request) => request.url)).toEqual(
    Array<string>(2).fill("/api2/json/nodes/pve1/qemu/9511/status/current"),
  );
});

test("refuses to wait for ever for an installer", async () => {
  stand.answer = () => [200, { data: { status: "running" } }];
  const { status, output } = await poweredOff({ WAIT_SECONDS: "0" });
  expect(status).toBe(1);
  expect(output).toContain("VM 9511 was still running after 0 minutes\nlook at: its console");
});

function privileges(wanted: string, credential: Record<string, string>): Promise<Finished> {
  return runGate(["proxmox.sh", "privileges"], {
    ...trusting(),
    ENDPOINT: `${stand.url}/`,
    WANTED: wanted,
    ...credential,
  });
}

function poweredOff(environment: Record<string, string>): Promise<Finished> {
  return runGate(["proxmox.sh", "powered-off"], {
    ...trusting(),
    ...login,
    ENDPOINT: stand.url,
    HOST: "pve1",
    VM_ID: "9511",
    WAIT_SECONDS: "60",
    LOOK_AT: "its console",
    ...environment,
  });
}

function trusting(): Record<string, string> {
  return { SSL_CERT_FILE: stand.authority.certificateFile };
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? "", "https://loopback").searchParams.get("path") ?? "";
}
