import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLabAuthority } from "../../lab/network";

/** Answer to one request: a status and what stands in the body. */
type Answer = readonly [status: number, body?: unknown];

let folder: string;
let authority: Awaited<ReturnType<typeof createLabAuthority>>;
let certificate: { readonly certificatePem: string; readonly keyPem: string };
let server: Server;
let url: string;
let answer: (request: IncomingMessage) => Answer;
const seen: IncomingMessage[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-gates-"));
  authority = await createLabAuthority(folder);
  certificate = await authority.issue(["127.0.0.1"]);
  server = createServer(
    { cert: certificate.certificatePem, key: certificate.keyPem },
    (request, response) => {
      seen.push(request);
      const [status, body = {}] = answer(request);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    },
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => seen.splice(0));

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

describe("kubernetes.sh", () => {
  it("waits until the node has joined and its kubelet calls it Ready, says each state once, and where to look meanwhile", async () => {
    const answers: Answer[] = [
      [404],
      [404],
      [200, nodeWith("False", "cni plugin not initialized")],
      [200, nodeWith("True", "kubelet is posting ready status")],
    ];
    answer = () => answers.shift() ?? [500];
    const { status, output } = await nodeReady({});
    expect(output.trim().split("\n")).toEqual([
      "waiting for worker-1, at most 1 minutes: the API answers, the node has not joined yet",
      "if that lasts, look at: the console of VM 1031",
      "waiting for worker-1, at most 1 minutes: not Ready: cni plugin not initialized",
      "worker-1: ready",
    ]);
    expect(status).toBe(0);
  });

  it("refuses to wait for ever: says the last state and where to look", async () => {
    answer = () => [403];
    const { status, output } = await nodeReady({ WAIT_SECONDS: "0" });
    expect(status).toBe(1);
    expect(output).toContain(
      "worker-1 was not ready after 0 minutes: the API refuses this cluster's administrator (HTTP 403)",
    );
    expect(output).toContain("look at: the console of VM 1031");
  });

  it("refuses an API that another authority vouches for", async () => {
    answer = () => [200, nodeWith("True", "")];
    const stranger = await createLabAuthority(mkdtempSync(join(folder, "stranger-")));
    const { status, output } = await nodeReady({ AUTHORITY: stranger.certificatePem, WAIT_SECONDS: "0" });
    expect(status).toBe(1);
    expect(output).toContain("does not answer yet");
    expect(seen).toHaveLength(0);
  });

  it("waits for each thing in turn, and asks for it where the API keeps it", async () => {
    const answers: Answer[] = [
      [404],
      [200, withCondition("Established", "True")],
      [200, withCondition("Available", "False", "Deployment does not have minimum availability.")],
      [200, withCondition("Available", "True")],
      [200, withAddress()],
      [200, withAddress("192.168.0.241")],
      [200, withAddress("192.168.0.240")],
    ];
    answer = () => answers.shift() ?? [500];
    const { status, output } = await kubernetes([
      "crd/ingressroutes.traefik.io",
      "deployment/traefik/traefik",
      "address/traefik/traefik/192.168.0.240",
    ]);
    expect(output.trim().split("\n")).toEqual([
      "waiting for the kind ingressroutes.traefik.io, at most 1 minutes: the API answers, it is not there yet",
      "if that lasts, look at: the console of VM 1031",
      "the kind ingressroutes.traefik.io: ready",
      "waiting for deployment traefik in traefik, at most 1 minutes: not Available: Deployment does not have minimum availability.",
      "deployment traefik in traefik: ready",
      "waiting for address 192.168.0.240 of service traefik in traefik, at most 1 minutes: the load balancer has given it none yet",
      "waiting for address 192.168.0.240 of service traefik in traefik, at most 1 minutes: the load balancer gave it 192.168.0.241",
      "address 192.168.0.240 of service traefik in traefik: ready",
    ]);
    expect(status).toBe(0);
    expect([...new Set(seen.map(({ url }) => url))]).toEqual([
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ingressroutes.traefik.io",
      "/apis/apps/v1/namespaces/traefik/deployments/traefik",
      "/api/v1/namespaces/traefik/services/traefik",
    ]);
  });

  it("refuses a kind of thing it cannot wait for", async () => {
    const { status, output } = await kubernetes(["route/hello"]);
    expect(status).not.toBe(0);
    expect(output).toContain("this gate knows no route");
    expect(seen).toHaveLength(0);
  });

  function nodeReady(environment: Record<string, string>): Promise<Finished> {
    return kubernetes(["node/worker-1"], environment);
  }

  function kubernetes(
    targets: readonly string[],
    environment: Record<string, string> = {},
  ): Promise<Finished> {
    return run(["kubernetes.sh", ...targets], {
      API_URL: url,
      AUTHORITY: authority.certificatePem,
      CERTIFICATE: certificate.certificatePem,
      KEY: certificate.keyPem,
      WAIT_SECONDS: "60",
      LOOK_AT: "the console of VM 1031",
      ...environment,
    });
  }
});

describe("proxmox.sh", () => {
  const login = { PROXMOX_VE_API_TOKEN: "deploy@pve!slipway=00000000-0000-0000-0000-000000000000" };

  it("passes when the token holds every privilege, asked path by path", async () => {
    answer = (request) => [
      200,
      { data: { [pathOf(request)]: { "VM.Allocate": 1, "VM.Clone": 1, "SDN.Use": 0 } } },
    ];
    const { status } = await privileges(
      "/vms VM.Allocate VM.Clone\n/sdn/zones/localnetwork/vmbr0 SDN.Use",
      login,
    );
    expect(status).toBe(0);
    expect(seen.map(pathOf)).toEqual(["/vms", "/sdn/zones/localnetwork/vmbr0"]);
    expect(seen[0]?.headers.authorization).toBe(`PVEAPIToken=${login.PROXMOX_VE_API_TOKEN}`);
  });

  it("refuses a token that lacks privileges, naming all of them", async () => {
    answer = (request) => [200, { data: { [pathOf(request)]: { "VM.Allocate": 1 } } }];
    const { status, output } = await privileges(
      "/vms VM.Allocate VM.Clone VM.Audit\n/pool/home Pool.Allocate",
      login,
    );
    expect(status).toBe(1);
    expect(output).toContain("  /vms: VM.Clone VM.Audit\n  /pool/home: Pool.Allocate\n");
    expect(output).toContain("nothing was changed");
  });

  it("logs in with a name and a password where there is no token", async () => {
    answer = (request) =>
      request.url === "/api2/json/access/ticket"
        ? [200, { data: { ticket: "PVE:root@pam:TICKET" } }]
        : [200, { data: { "/vms": { "VM.Audit": 1 } } }];
    const user = { PROXMOX_VE_USERNAME: "root@pam", PROXMOX_VE_PASSWORD: "marker-password" };
    const { status, output } = await privileges("/vms VM.Audit", user);
    expect(status).toBe(0);
    expect(seen[1]?.headers.cookie).toBe("PVEAuthCookie=PVE:root@pam:TICKET");
    expect(output).not.toContain("marker-password");
  });

  it("refuses to ask without a credential, saying which variable to set", async () => {
    const { status, output } = await privileges("/vms VM.Audit", {});
    expect(status).toBe(1);
    expect(output).toContain("PROXMOX_VE_API_TOKEN");
    expect(seen).toHaveLength(0);
  });

  it("waits until an installer has switched its machine off", async () => {
    const states = ["running", "stopped"];
    answer = () => [200, { data: { status: states.shift() } }];
    const { status, output } = await poweredOff({});
    expect(status).toBe(0);
    expect(output).toContain("VM 9511 is off");
    expect(seen.map((request) => request.url)).toEqual(
      Array<string>(2).fill("/api2/json/nodes/pve1/qemu/9511/status/current"),
    );
  });

  it("refuses to wait for ever for an installer", async () => {
    answer = () => [200, { data: { status: "running" } }];
    const { status, output } = await poweredOff({ WAIT_SECONDS: "0" });
    expect(status).toBe(1);
    expect(output).toContain("VM 9511 was still running after 0 minutes\nlook at: its console");
  });

  function privileges(wanted: string, credential: Record<string, string>): Promise<Finished> {
    return run(["proxmox.sh", "privileges"], {
      ...trusting(),
      ENDPOINT: `${url}/`,
      WANTED: wanted,
      ...credential,
    });
  }

  function poweredOff(environment: Record<string, string>): Promise<Finished> {
    return run(["proxmox.sh", "powered-off"], {
      ...trusting(),
      ...login,
      ENDPOINT: url,
      HOST: "pve1",
      VM_ID: "9511",
      WAIT_SECONDS: "60",
      LOOK_AT: "its console",
      ...environment,
    });
  }

  function trusting(): Record<string, string> {
    return { SSL_CERT_FILE: authority.certificateFile };
  }
});

interface Finished {
  readonly status: number;
  readonly output: string;
}

function run(
  [script = "", ...words]: readonly string[],
  environment: Record<string, string>,
): Promise<Finished> {
  const file = join(__dirname, "../../constructs/gates", script);
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  return new Promise((resolve) => {
    execFile("bash", [file, ...words], { env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

function nodeWith(ready: "True" | "False", message: string): object {
  return withCondition("Ready", ready, message);
}

function withCondition(type: string, status: "True" | "False", message = ""): object {
  return { status: { conditions: [{ type, status, message }] } };
}

function withAddress(...addresses: readonly string[]): object {
  return { status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip })) } } };
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? "", "https://loopback").searchParams.get("path") ?? "";
}
