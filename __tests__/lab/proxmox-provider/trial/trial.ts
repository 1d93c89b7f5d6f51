import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { utils } from "ssh2";
import { scratchEnvironment } from "../../../../lab/engine/environment";
import { createLabAuthority, createLabNetwork, type LabNetwork } from "../../../../lab/network";
import { type ProxmoxLab, type ProxmoxOptions, startProxmox } from "../../../../lab/proxmox";
import { RecordingRoom } from "../../proxmox/stand/machine-room";
import { accounts, TOKEN, trialSite } from "../../proxmox/stand/site";
import { type Answer, ask } from "./ask";
import { publishedApi } from "./reference-data";
import { neitherEngineNorGo, prepare, type Prepared, Workspace } from "./workspace";

/** Trial is a simulated Proxmox and a workspace of the real engine and provider beside it. */
export interface Trial {
  readonly proxmox: ProxmoxLab;
  readonly room: RecordingRoom;
  readonly network: LabNetwork;
  readonly workspace: Workspace;
  /** folder for this trial alone; `home` in it is the engine's HOME. */
  readonly folder: string;
  /** ask sends a request without the provider; it carries the trial's token unless another is given. */
  readonly ask: (
    method: string,
    path: string,
    parameters?: Readonly<Record<string, string>>,
    token?: string,
  ) => Promise<Answer>;
  /** tasksEnded waits for what was asked directly. */
  readonly tasksEnded: () => Promise<void>;
}

export interface TrialOptions {
  readonly knownDownloads?: NonNullable<ProxmoxOptions["knownDownloads"]>;
  readonly storages?: typeof trialSite.storages;
  /** ssh, the user the provider uploads as. @default root */
  readonly ssh?: { readonly user: string; readonly sudo: boolean };
  /** token, `id=secret`, that the provider signs in with. */
  readonly token?: string;
}

/** withProvider runs claims against the real provider, or says why it cannot. */
export function withProvider(
  subject: string,
  claims: (open: (options?: TrialOptions) => Promise<Trial>) => void,
): void {
  const reason = neitherEngineNorGo();
  if (reason !== undefined) {
    test.skip(`${subject} (skipped: ${reason})`, () => undefined);
    return;
  }
  describe(subject, () => {
    let scratch: string;
    let prepared: Prepared;
    const closing: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), "slipway-trial-"));
      prepared = await prepare(scratch);
    }, buildingMilliseconds);
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close();
    });
    afterAll(() => rm(scratch, { recursive: true, force: true }));

    claims((options = {}) => openTrial(prepared, scratch, options, closing));
  });
}

/** buildingMilliseconds, for the first run on a machine where engine or provider has to be built. */
const buildingMilliseconds = 1_800_000;

const ownToken = `${TOKEN.id}=${TOKEN.secret}`;

async function openTrial(
  prepared: Prepared,
  scratch: string,
  {
    knownDownloads = {},
    storages = trialSite.storages,
    token = ownToken,
    ssh = { user: "root", sudo: false },
  }: TrialOptions,
  closing: (() => Promise<void>)[],
): Promise<Trial> {
  const folder = await mkdtemp(join(scratch, "trial-"));
  const network = await createLabNetwork();
  const authority = await createLabAuthority(folder);
  const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const room = new RecordingRoom();
  const apiSchemaFile = publishedApi();
  /** asked, what violated the published API without the provider having sent it. */
  const asked = new Set<string>();
  const proxmox = await startProxmox({
    site: { ...trialSite, storages },
    network,
    authority,
    machines: room,
    accounts: { ...accounts(), ssh: { ...ssh, publicKeys: [key.public] } },
    knownDownloads,
    taskMilliseconds: 0,
    ...(apiSchemaFile === undefined ? {} : { apiSchemaFile }),
  });
  closing.push(async () => {
    await proxmox.close();
    await network.close();
    expect(proxmox.defects).toEqual([]);
    expect(proxmox.schemaViolations.filter((violation) => !asked.has(violation))).toEqual([]);
  });
  const workspace = await Workspace.open(prepared, folder, trialSite.endpoint, {
    ...(await scratchEnvironment(folder)),
    HTTPS_PROXY: network.httpProxyUrl,
    SSL_CERT_FILE: authority.certificateFile,
    PROXMOX_VE_API_TOKEN: token,
    PROXMOX_VE_SSH_USERNAME: ssh.user,
    PROXMOX_VE_SSH_PRIVATE_KEY: key.private,
    PROXMOX_VE_SSH_SOCKS5_SERVER: network.socksProxyAddress,
  });
  const port = network.lookup(new URL(trialSite.endpoint).hostname, 8006);
  return {
    proxmox,
    room,
    network,
    workspace,
    folder,
    tasksEnded: async () => {
      while (proxmox.state.tasks().some(({ status }) => status === "running")) await nextTurn();
    },
    ask: async (method, path, parameters = {}, by = ownToken) => {
      const before = proxmox.schemaViolations.length;
      const answer = await ask(
        { port, certificate: authority.certificatePem, token: by },
        method,
        path,
        parameters,
      );
      for (const violation of proxmox.schemaViolations.slice(before)) asked.add(violation);
      return answer;
    },
  };
}
