import excerpt from "../../../schemas/nginxproxymanager.json";
import { type Attribute, readSchema } from "../protocol/schema";

/** source of the provider that is stood in for. */
export const source = "sander0542/nginxproxymanager";

export const schema = readSchema(excerpt, source);

/** attributesOfResource by its name without the provider's. */
export function attributesOfResource(name: string): Readonly<Record<string, Attribute>> {
  return schema.resource_schemas[`nginxproxymanager_${name}`]?.block.attributes ?? {};
}
