import { writeFileSync } from "node:fs";

/** Clock of all machines: this computer's, and so far ahead of it. Their `date` reads it from a file. */
export class Clock {
  private ahead = 0;

  constructor(readonly file: string) {
    this.pass(0);
  }

  pass(seconds: number): void {
    this.ahead += seconds;
    writeFileSync(this.file, `${this.ahead}\n`);
  }
}
