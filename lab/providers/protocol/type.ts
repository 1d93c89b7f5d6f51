import { z } from "zod";

/** CtyType, a type as Terraform writes it in JSON: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["tuple", readonly CtyType[]]
  | readonly ["object", ObjectTypes];

export interface ObjectTypes {
  readonly [name: string]: CtyType;
}

export const ctyType: z.ZodType<CtyType> = z.lazy(() =>
  z.union([
    z.enum(["string", "number", "bool", "dynamic"]),
    z.tuple([z.enum(["list", "set", "map"]), ctyType]),
    z.tuple([z.literal("tuple"), z.array(ctyType)]),
    z.tuple([z.literal("object"), z.record(z.string(), ctyType)]),
  ]),
);
