import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const project = join(__dirname, "..", "..");

/** bashCompletion, which many have loaded and many have not. */
export const bashCompletion = "/usr/share/bash-completion/bash_completion";

/** tab, and what makes readline and zsh put in every match at once. */
export const tab = "\t";
export const everyMatch = "\u001b*";

export const shells = ["bash", "bash with bash-completion", "zsh"] as const;
export type Shell = (typeof shells)[number];

/** missingFor a shell on this machine. */
export function missingFor(shell: Shell): string | undefined {
  const programs = ["script", shell === "zsh" ? "zsh" : "bash"];
  const missing = programs.filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return `PATH has no ${missing.join(" and no ")}`;
  if (shell === "bash with bash-completion" && !existsSync(bashCompletion))
    return `${bashCompletion} is not there`;
  return undefined;
}

/**
 * pressed: what stands on the line of an interactive shell after each of these keys, on a terminal of its own. Its home
 * has the project as ~/lab, and it stands in the project.
 */
export function pressed(shell: Shell, keys: readonly string[]): string[] {
  const home = mkdtempSync(join(tmpdir(), "slipway-shell-"));
  try {
    symlinkSync(project, join(home, "lab"));
    const rc = join(home, shell === "zsh" ? ".zshrc" : "rc");
    writeFileSync(rc, shell === "zsh" ? zshrc : bashrc(shell));
    const command = shell === "zsh" ? "zsh --no-globalrcs -i" : `bash --noprofile --rcfile ${rc} -i`;
    const typed = [...keys.map((each) => `${each}${noted}`), "exit\r"].join("");
    const { stdout, status } = spawnSync(
      "script",
      ["--quiet", "--return", "--command", command, "/dev/null"],
      {
        cwd: project,
        input: typed,
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          HOME: home,
          ZDOTDIR: home,
          TERM: "dumb",
          NOTES: join(home, "notes"),
        },
        // A shell that waits for more would wait for ever.
        timeout: 300_000,
      },
    );
    if (status !== 0) throw new Error(`${command} ended with ${String(status)}:\n${stdout}`);
    return readFileSync(join(home, "notes"), "utf8").trimEnd().split("\n");
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** noted, the keys that write the line down and empty it, so that nothing of it is run. */
const noted = "\u0018g";

function bashrc(shell: Shell): string {
  return `PS1=
${shell === "bash" ? "" : `source ${bashCompletion}`}
bind 'set enable-bracketed-paste off'
note() { printf '%s\\n' "$READLINE_LINE" >>"$NOTES"; READLINE_LINE=; }
bind -x '"\\C-xg": note'
eval "$(./slipway completion bash)"
`;
}

const zshrc = `PS1=
unsetopt zle_bracketed_paste
bindkey -e
autoload -Uz compinit
compinit -D -u
every() { _main_complete; compstate[insert]=all }
zle -C every complete-word every
bindkey '^[*' every
note() { print -r -- "$BUFFER" >>"$NOTES"; BUFFER= }
zle -N note
bindkey '^Xg' note
eval "$(./slipway completion zsh)"
`;
