import { z } from "zod";
import { type EdgeRecords, edgeRecords } from "../../trace/edge/records";
import { Mistake } from "../mistake";
import { curl } from "./curl";

/** Place of a proxy: the url of its API, and the address that its own requests come from. */
export interface Place {
  readonly url: string;
  readonly address: string;
}

/** liveEdge: the rows that the proxy has now, those of others among them; a row's name is its number there. */
export async function liveEdge({ url, address }: Place): Promise<EdgeRecords> {
  const token = await login(url);
  const list = (kind: string, query = "?expand=certificate"): Promise<Row[]> =>
    rowsOf(url, token, `${kind}${query}`);
  const [proxyHosts, redirectionHosts, deadHosts, streams] = await Promise.all([
    list("proxy-hosts"),
    list("redirection-hosts"),
    list("dead-hosts"),
    list("streams"),
  ]);
  const all = [proxyHosts, redirectionHosts, deadHosts, streams].flat();
  const certificates = all.flatMap(({ certificate_id: id, certificate }) =>
    id === undefined || id === null || id === 0 || certificate === null
      ? []
      : [{ id, name: certificate?.nice_name ?? String(id) }],
  );
  return edgeRecords.parse({ address, proxyHosts, redirectionHosts, deadHosts, streams, certificates });
}

/** login for a token of one day, as the provider does, with its variables. */
async function login(url: string): Promise<string> {
  const { NGINXPROXYMANAGER_USERNAME: identity, NGINXPROXYMANAGER_PASSWORD: secret } = process.env;
  if (identity === undefined || secret === undefined)
    throw new Mistake(
      `To read what the proxy at ${url} has, set NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD, as for a deploy.`,
    );
  const { status, body } = await curl(`The proxy at ${url}`, ...loginRequest(url, identity, secret));
  const { token, requires_2fa: second } = status === 200 ? tokenSchema.parse(JSON.parse(body)) : {};
  if (token !== undefined) return token;
  throw new Mistake(
    second === true
      ? `The proxy at ${url} asks ${identity} for a second factor: give Slipway a user of its own without one.`
      : `The proxy at ${url} refuses the login of ${identity} (HTTP ${status}).`,
  );
}

/** loginRequest as curl sends it, the password out of its arguments. */
export function loginRequest(url: string, identity: string, secret: string) {
  const settings = [
    ["header", "Content-Type: application/json"],
    ["data-raw", JSON.stringify({ identity, secret })],
  ] as const;
  return [[`${url}/api/tokens`], settings] as const;
}

/** rowsOf a list. The certificates' own list is not read: it holds the keys of those that were uploaded. */
async function rowsOf(url: string, token: string, path: string): Promise<Row[]> {
  const { status, body } = await curl(
    `The proxy at ${url}`,
    [`${url}/api/nginx/${path}`],
    [["header", `Authorization: Bearer ${token}`]],
  );
  if (status === 200) return rowsSchema.parse(JSON.parse(body));
  throw new Mistake(
    `The proxy at ${url} answers HTTP ${status} for ${path}: its user may not see them (to the proxy that is 404).`,
  );
}

export const tokenSchema = z.looseObject({
  token: z.string().optional(),
  requires_2fa: z.boolean().optional(),
});

const rowsSchema = z.array(
  z
    .looseObject({
      id: z.number(),
      certificate_id: z.union([z.number(), z.string()]).nullish(),
      certificate: z.looseObject({ nice_name: z.string() }).nullish(),
      meta: z
        .looseObject({ nginx_online: z.boolean().optional(), nginx_err: z.string().nullish() })
        .nullish(),
    })
    .transform(({ id, meta, ...row }) => ({
      ...row,
      name: String(id),
      nginx_online: meta?.nginx_online,
      nginx_err: meta?.nginx_err,
    })),
);

type Row = z.infer<typeof rowsSchema>[number];
