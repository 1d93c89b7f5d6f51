import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** Administrator of a cluster: how curl asks its API, while the files with the keys are there. */
export interface Administrator {
  /** url of the API, without a slash at its end. */
  readonly url: string;
  /** certificate of the administrator, as PEM. */
  readonly certificate: string;
  /** argumentsFor a path of the API. */
  readonly argumentsFor: (path: string) => readonly string[];
}

/** asAdministrator of a kubeconfig, behind the same proxy as the gates; what curl needs in files is gone afterwards. */
export async function asAdministrator<T>(
  kubeconfig: string,
  act: (administrator: Administrator) => Promise<T>,
): Promise<T> {
  const access = accessOf(kubeconfig);
  const folder = await mkdtemp(join(tmpdir(), "slipway-live-"));
  try {
    const files = { authority: access.authority, certificate: access.certificate, key: access.key };
    for (const [file, content] of Object.entries(files))
      await writeFile(join(folder, file), Buffer.from(content, "base64"), { mode: 0o600 });
    const proxy = process.env["KUBE_PROXY_URL"];
    return await act({
      url: access.server,
      certificate: Buffer.from(access.certificate, "base64").toString(),
      argumentsFor: (path) => [
        ...(proxy === undefined ? [] : ["--proxy", proxy]),
        ...["--cacert", join(folder, "authority")],
        ...["--cert", join(folder, "certificate")],
        ...["--key", join(folder, "key")],
        `${access.server}/${path}`,
      ],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function accessOf(kubeconfig: string) {
  const { clusters, users } = kubeconfigSchema.parse(parse(kubeconfig));
  const { cluster } = clusters[0];
  const { user } = users[0];
  return {
    server: cluster.server,
    authority: cluster["certificate-authority-data"],
    certificate: user["client-certificate-data"],
    key: user["client-key-data"],
  };
}

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.looseObject({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([
    z.looseObject({
      user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }),
    }),
  ]),
});
