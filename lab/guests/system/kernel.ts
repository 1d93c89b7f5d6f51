import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** defaults of Ubuntu's kernel, of the settings that anything here asks for. */
const defaults = {
  "vm.panic_on_oom": "0",
  "vm.overcommit_memory": "0",
  "kernel.panic": "0",
  "kernel.panic_on_oops": "0",
} as const;

/** Kernel of a machine that is on: its settings are gone with it, and come back from /etc/sysctl.d at the next boot. */
export class Kernel {
  private readonly settings = new Map<string, string>(Object.entries(defaults));

  constructor(root: string) {
    const folder = join(root, "etc/sysctl.d");
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".conf")) : [];
    for (const name of files.sort()) this.load(join(folder, name));
  }

  setting(name: string): string | undefined {
    return this.settings.get(name);
  }

  /** load a file as `sysctl --load` does. */
  load(file: string): void {
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (/^\s*([#;]|$)/.test(line)) continue;
      const [, name, value] = /^\s*-?([\w./-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new Error(`sysctl: ${file}: syntax error: ${line}`);
      this.settings.set(name, value);
    }
  }
}
