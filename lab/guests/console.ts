/** Console is what a machine would print; a line said twice in a row is kept once. */
export class Console {
  readonly lines: string[] = [];
  /** errors, what cloud-init would list under `status: error`. */
  readonly errors: string[] = [];
  /** commands run in the machine, and calls of the programs the lab plays. */
  readonly commands: string[] = [];

  say(line: string): void {
    if (this.lines.at(-1) !== line) this.lines.push(line);
  }

  fail(line: string): void {
    this.errors.push(line);
    this.say(`cloud-init: ${line}`);
  }
}
