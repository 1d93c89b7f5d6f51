import excerpt from "../../../schemas/random.json";
import type { Provider } from "../protocol/provider";
import { readSchema } from "../protocol/schema";
import { randomBytesResource } from "./bytes";
import { randomId } from "./id";
import { randomPassword } from "./password";

const source = "hashicorp/random";

export const randomProvider: Provider = {
  source,
  schema: readSchema(excerpt, source),
  resources: { random_bytes: randomBytesResource, random_id: randomId, random_password: randomPassword },
};
