import { parse } from "yaml";
import { z } from "zod";

const command = z.union([z.string(), z.array(z.string())]);

const userData = z.looseObject({
  bootcmd: z.array(command),
  write_files: z
    .array(
      z.object({
        path: z.string(),
        permissions: z.string(),
        encoding: z.string().optional(),
        content: z.string(),
      }),
    )
    .default([]),
  runcmd: z.array(command).default([]),
});

/** readYaml as the programs of a machine do: YAML 1.1. */
export function readYaml(text: string): unknown {
  return parse(text, { version: "1.1" });
}

export function readUserData(text: string): z.output<typeof userData> {
  return userData.parse(readYaml(text));
}
