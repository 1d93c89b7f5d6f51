import excerpt from "../../../schemas/null.json";
import type { Provider } from "../protocol/provider";
import { readSchema } from "../protocol/schema";
import { nullResource } from "./resource";

const source = "hashicorp/null";

export const nullProvider: Provider = {
  source,
  schema: readSchema(excerpt, source),
  resources: { null_resource: nullResource },
};
