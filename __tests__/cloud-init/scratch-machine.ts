import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fillSecrets, type SecretName } from "../../cloud-init/secrets";
import { readUserData } from "./read-document";

export interface Outcome {
  readonly code: number | null;
  /** said, both of its outputs. */
  readonly said: string;
}

/** A folder with the files of a rendered document, in which its scripts run for real; only systemctl and sleep are played. */
export class ScratchMachine {
  readonly root = mkdtempSync(join(tmpdir(), "slipway-machine-"));
  private readonly programs = join(this.root, "programs");

  constructor(
    document: string,
    secrets: Readonly<Partial<Record<SecretName, string>>>,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    const filled = fillSecrets(document, (name) => Buffer.from(secrets[name] ?? name).toString("base64"));
    for (const { path, permissions, encoding, content } of readUserData(filled).write_files) {
      this.write(path, encoding === "b64" ? Buffer.from(content, "base64").toString() : content);
      chmodSync(join(this.root, path), parseInt(permissions, 8));
    }
    this.play("sleep", "exit 0");
    this.play("systemctl", `echo "$*" >> "${this.root}/systemctl.log"`);
  }

  /** play puts a program of this machine before the real one. */
  play(name: string, script: string): void {
    const path = join(this.programs, name);
    mkdirSync(this.programs, { recursive: true });
    writeFileSync(path, `#!/bin/bash\n${script}\n`);
    chmodSync(path, 0o755);
  }

  run(program: string, args: readonly string[] = []): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(join(this.root, program), args, {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: `${this.programs}:/usr/bin:/bin`,
          HOME: this.root,
          ROOT: this.root,
          ...this.environment,
        },
      });
      const said: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code, said: Buffer.concat(said).toString() });
      });
    });
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** read, undefined = no such file. */
  read(path: string): string | undefined {
    return existsSync(join(this.root, path)) ? readFileSync(join(this.root, path), "utf8") : undefined;
  }

  mode(path: string): string {
    return (statSync(join(this.root, path)).mode & 0o777).toString(8);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
