import { z } from "zod";
import { readYaml } from "./yaml";

export interface MetaData {
  readonly instanceId: string;
  readonly hostname?: string;
}

const schema = z.looseObject({
  "instance-id": z.union([z.string(), z.number()]).transform(String),
  "local-hostname": z.string().optional(),
});

/** readMetaData: without an instance-id cloud-init's NoCloud source is not used at all. */
export function readMetaData(text: string): MetaData {
  const parsed = schema.safeParse(readYaml(text));
  if (!parsed.success) throw new Error(`meta-data: ${z.prettifyError(parsed.error)}`);
  const hostname = parsed.data["local-hostname"];
  return { instanceId: parsed.data["instance-id"], ...(hostname === undefined ? {} : { hostname }) };
}
