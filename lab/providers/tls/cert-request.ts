import { createHash, webcrypto } from "node:crypto";
import { z } from "zod";
import { atMostElements } from "../protocol/check";
import type { Resource } from "../protocol/resource";
import { alternativeNameExtension, alternativeNames } from "./alternative-names";
import { readSigningKey } from "./key";
import { subjectBlock, subjectName } from "./subject";
import { Pkcs10CertificateRequestGenerator } from "./x509";

export const certRequest: Resource = {
  attributes: {
    private_key_pem: { replaces: true },
    dns_names: { replaces: true },
    ip_addresses: { replaces: true },
    uris: { replaces: true },
    subject: { replaces: true, checks: [atMostElements(1)] },
    cert_request_pem: { keeps: true },
    id: { keeps: true },
    key_algorithm: { keeps: true },
  },
  async create({ planned }) {
    const wanted = settings.parse(planned);
    const key = await readSigningKey(wanted.private_key_pem, "Failed to parse private key PEM");
    const name = subjectName(wanted.subject);
    const request = await Pkcs10CertificateRequestGenerator.create(
      {
        name,
        keys: key.keys,
        signingAlgorithm: key.signing,
        extensions: [...alternativeNameExtension(wanted, name.toJSON().length === 0)],
      },
      webcrypto,
    );
    return {
      ...planned,
      id: createHash("sha1").update(Buffer.from(request.rawData)).digest("hex"),
      cert_request_pem: `${request.toString("pem")}\n`,
      key_algorithm: key.algorithm,
    };
  },
};

const settings = z.object({ ...alternativeNames, private_key_pem: z.string(), subject: subjectBlock });
