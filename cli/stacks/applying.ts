import { Mistake } from "../mistake";
import { command } from "./command";
import { planFile } from "./planning";
import type { Stack } from "../../lab/engine/synthesis";

/** apply exactly what was planned for a stack. */
export async function apply(engine: string, { name, folder }: Stack): Promise<void> {
  process.stdout.write(`\n== ${name}\n`);
  const args = ["apply", "-input=false", "-no-color", planFile];
  const done = await command(engine, args, { cwd: folder, environment: process.env, shown: true });
  if (done.code === 0) return;
  throw new Mistake(
    `${name} was not deployed whole; what was done is in its state. Deploy again when the cause above is gone: the next plan begins where this one ended.`,
  );
}
