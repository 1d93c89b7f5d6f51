import type { Command } from "commander";
export function addRehearse(program: Command): void {
  program.command("rehearse");
}
