import { z } from "zod";
import { atMostElements } from "../protocol/check";
import { ProviderError } from "../protocol/problem";
import type { Resource } from "../protocol/resource";
import { alternativeNames } from "./alternative-names";
import { certificateAttributes, certificateSettings, issue, ownKeyId } from "./certificate";
import { readSigningKey } from "./key";
import { planRenewal, readRenewal } from "./renewal";
import { subjectBlock, subjectName } from "./subject";

export const selfSignedCert: Resource = {
  attributes: {
    ...certificateAttributes,
    private_key_pem: { replaces: true },
    dns_names: { replaces: true },
    ip_addresses: { replaces: true },
    uris: { replaces: true },
    set_authority_key_id: { default: false, replaces: true },
    subject: { replaces: true, checks: [atMostElements(1)] },
    key_algorithm: { keeps: true },
  },
  plan: planRenewal,
  read: readRenewal,
  async create({ planned }) {
    const wanted = settings.parse(planned);
    const key = await readSigningKey(wanted.private_key_pem, "Failed to parse private key PEM");
    const name = subjectName(wanted.subject);
    const template = { settings: wanted, subject: name, names: wanted, publicKey: key.publicKey };
    const keyId = wanted.set_authority_key_id ? ((await ownKeyId(template)) ?? noKeyId()) : undefined;
    return { ...planned, ...(await issue(template, { key, name, keyId })), key_algorithm: key.algorithm };
  },
};

const settings = z.object({
  ...certificateSettings,
  ...alternativeNames,
  private_key_pem: z.string(),
  set_authority_key_id: z.boolean(),
  subject: subjectBlock,
});

function noKeyId(): never {
  throw new ProviderError({
    summary: "Invalid Certificate Authority",
    detail: "Could not determine Authority Key Identifier",
  });
}
