import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Argument, type Command } from "commander";
import { manual } from "./manual";

const shells = ["bash", "zsh"] as const;

export function addCompletion(program: Command): void {
  const command = program
    .command("completion")
    .description("print what makes TAB complete ./slipway in your shell")
    .addArgument(new Argument("<shell>", "the shell that is to read it").choices(shells))
    .action(async (shell: (typeof shells)[number]) => {
      process.stdout.write(await readFile(join(__dirname, "completion", `slipway.${shell}`), "utf8"));
    });
  manual(command, {
    group: "shell",
    needs: "nothing. To keep it for every shell: docs/how-to/completions.md.",
    examples: [
      {
        line: 'eval "$(./slipway completion bash)"',
        says: "in this shell; in ~/.bashrc, with the whole path",
      },
      { line: 'eval "$(./slipway completion zsh)"', says: "the same in zsh, behind compinit in ~/.zshrc" },
    ],
  });
  addComplete(program);
}

/** addComplete, what the shells ask at each TAB; nobody types it. */
function addComplete(program: Command): void {
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: string[]) => {
      const { complete } = await import("./completion/complete");
      const { printed } = await import("./completion/printed");
      process.stdout.write(printed(await complete(program, words)));
    });
}
