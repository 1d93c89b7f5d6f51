import { ApiError, internal, invalid, notFound } from "../api/api-error";
import { type Call, created, ok, type Route } from "../api/route";
import { certificateFacts, certificateReport, keyProblem } from "../certificate-facts";
import type { CertificateFiles, CertificateRow } from "../rows/rows";
import { now } from "../rows/table";
import { creating, fields } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import type { RouteParts } from "./parts";

type Body = Partial<Pick<CertificateRow, "nice_name" | "domain_names" | "meta">> & {
  readonly provider: string;
};

const readPost = reader(ajv.compile<Body>(creating(fields.certificate, "provider")));
const fileNames = ["certificate", "certificate_key", "intermediate_certificate"] as const;

export function certificateRoutes(parts: RouteParts): readonly Route[] {
  const { database, accounts, expansions, files } = parts;
  const { certificates } = database;
  const path = "/nginx/certificates";

  return [
    { method: "GET", path, run: (call) => ok(list(call)) },
    { method: "POST", path, run: create },
    {
      method: "GET",
      path: `${path}/{id}`,
      run: (call) => ok(expansions.ofCertificate(found(call, "view"), call.expand)),
    },
    {
      method: "POST",
      path: `${path}/validate`,
      isOpen: true,
      run: (call) => ok(judged(filesOf(formOf(call)))),
    },
    { method: "POST", path: `${path}/{id}/upload`, run: upload },
    { method: "DELETE", path: `${path}/{id}`, run: remove },
  ];

  function list(call: Call): unknown {
    accounts.require(call.isLoggedIn, "certificates", "view");
    const query = call.query.get("query")?.toLowerCase() ?? "";
    return certificates
      .all()
      .filter(({ nice_name }) => nice_name.toLowerCase().includes(query))
      .sort((one, other) => one.nice_name.localeCompare(other.nice_name, "en"))
      .map((row) => expansions.ofCertificate(row, call.expand));
  }

  function create(call: Call) {
    const { provider, nice_name = "", domain_names = [], meta = {} } = readPost(call.body);
    accounts.require(call.isLoggedIn, "certificates", "manage");
    if (provider === "letsencrypt") throw internal("certbot: no certificate authority answers in the lab");
    const given = { provider, nice_name, domain_names: [...domain_names].sort(), meta };
    return created(certificates.insert(accounts.id, (stamp) => ({ ...given, expires_on: now(), ...stamp })));
  }

  /** upload: a missing key fails only after the row was changed. nginx is not reloaded. */
  async function upload(call: Call) {
    const given = filesOf(formOf(call));
    const row = found(call, "manage");
    if (row.provider !== "other") throw invalid("Cannot upload certificates for this type of provider");
    judged(given);
    const { certificate } = given;
    if (certificate === undefined) throw invalid("Certificate file was not provided");
    const facts = certificateFacts(certificate);
    const meta = { ...row.meta, ...given };
    certificates.change(row.id, (known) => ({ ...known, ...facts, meta }));
    const chain = [certificate, meta.intermediate_certificate].filter((pem) => pem !== undefined);
    await files.writeCertificate(row.id, "fullchain.pem", chain.join("\n"));
    if (meta.certificate_key === undefined) throw internal("the data argument must be of type string");
    await files.writeCertificate(row.id, "privkey.pem", meta.certificate_key);
    return ok(filesOf(new Map(Object.entries(meta))));
  }

  /** remove also what hosts use: they keep its files until they are written again. */
  function remove(call: Call) {
    certificates.setDeleted(found(call, "manage").id, true);
    return ok(true);
  }

  function found(call: Call, level: "view" | "manage"): CertificateRow {
    accounts.require(call.isLoggedIn, "certificates", level);
    const row = certificates.find(call.id);
    if (row === undefined) throw notFound(call.id);
    return row;
  }
}

function formOf({ files }: Call): ReadonlyMap<string, string> {
  if (files === undefined) throw new ApiError(400, "No files were uploaded");
  return files;
}

/** judged each by itself, not that they belong together. */
function judged({ certificate, certificate_key: key }: CertificateFiles): unknown {
  const problem = key === undefined ? undefined : keyProblem(key);
  if (problem !== undefined) throw invalid(`Certificate Key is not valid (${problem})`);
  return {
    ...(certificate !== undefined && { certificate: certificateReport(certificate) }),
    ...(key !== undefined && { certificate_key: true }),
  };
}

function filesOf(given: ReadonlyMap<string, unknown>): CertificateFiles {
  return Object.fromEntries(
    fileNames.flatMap((name) => {
      const text = given.get(name);
      return typeof text === "string" ? [[name, text]] : [];
    }),
  );
}
