import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askProxmox } from "../../cli/doctor/ask/proxmox";
import { proxmoxFindings } from "../../cli/doctor/judge/proxmox/findings";
import { siteOf } from "../../cli/rehearsal/site";
import { createLabAuthority, createLabNetwork, type LabNetwork } from "../../lab/network";
import { type ProxmoxLab, startProxmox } from "../../lab/proxmox";
import { RecordingRoom } from "../lab/proxmox/stand/machine-room";
import { accounts } from "../lab/proxmox/stand/site";
import { amiss, home } from "./answers";

const folder = mkdtempSync(join(tmpdir(), "slipway-doctor-"));
const before = { ...process.env };
let network: LabNetwork;
let proxmox: ProxmoxLab;

beforeAll(async () => {
  network = await createLabNetwork();
  const authority = await createLabAuthority(folder);
  proxmox = await startProxmox({
    site: siteOf([home]),
    network,
    authority,
    machines: new RecordingRoom(),
    accounts: accounts(),
  });
  // Nothing of this machine's own: curl takes CURL_CA_BUNDLE before SSL_CERT_FILE.
  process.env = {
    PATH: before["PATH"] ?? "",
    HTTPS_PROXY: network.httpProxyUrl,
    SSL_CERT_FILE: authority.certificateFile,
  };
});
afterAll(async () => {
  process.env = before;
  await proxmox.close();
  await network.close();
  rmSync(folder, { recursive: true });
});

test("root with a password is asked the same as a token, and gets one ticket for all of it", async () => {
  const login = { PROXMOX_VE_USERNAME: "root@pam", PROXMOX_VE_PASSWORD: "correct horse" };
  const answers = await askProxmox(home, login);
  expect(amiss(proxmoxFindings(home, answers, new Date()))).toEqual([]);
  const changing = proxmox.requests.filter(({ method }) => method !== "GET");
  expect(changing.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /access/ticket"]);
});
