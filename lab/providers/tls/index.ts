import excerpt from "../../../schemas/tls.json";
import type { Provider } from "../protocol/provider";
import { readSchema } from "../protocol/schema";
import { certRequest } from "./cert-request";
import { locallySignedCert } from "./locally-signed-cert";
import { privateKey } from "./private-key";
import { selfSignedCert } from "./self-signed-cert";

const source = "hashicorp/tls";

export const tlsProvider: Provider = {
  source,
  schema: readSchema(excerpt, source),
  resources: {
    tls_cert_request: certRequest,
    tls_locally_signed_cert: locallySignedCert,
    tls_private_key: privateKey,
    tls_self_signed_cert: selfSignedCert,
  },
};
