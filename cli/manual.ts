import { type Command, Help } from "commander";
import { type Group, groups } from "./groups";

/** Manual of a command: what its help and its page say beside description, arguments and options. */
export interface Manual {
  readonly group: Group;
  /** needs, what has to be there before it can run, and whom it contacts. */
  readonly needs: string;
  /** statuses that a script can tell apart; the default says all there is where nothing is judged. */
  readonly statuses?: Statuses;
  readonly examples: readonly Example[];
  /** json, what --json prints; absent = the command has no --json. */
  readonly json?: Json;
}

export interface Example {
  /** line as it is typed in the project's folder. */
  readonly line: string;
  readonly says: string;
}

export interface Json {
  readonly form: "an object" | "an array of objects";
  readonly keys: Readonly<Record<string, string>>;
}

export type Statuses = Readonly<Record<number, string>>;

/** KeysOf what is printed as JSON: the compiler wants a sentence for each of them. */
export type KeysOf<Printed> = Readonly<Record<keyof Printed & string, string>>;

/** fileOnly, the needs of a command that only reads. */
export const fileOnly = "the cluster file. Nothing is contacted and nothing is written.";

const manuals = new WeakMap<Command, Manual>();

/** manual of a command, shown below its options. */
export function manual(command: Command, words: Manual): void {
  manuals.set(command, words);
  command.helpGroup(groups[words.group]).addHelpText("after", () => `\n${helpText(words)}`);
}

/** manualOf a command; undefined = it was registered without one. */
export function manualOf(command: Command): Manual | undefined {
  return manuals.get(command);
}

/** statusesOf a command, lowest first. */
export function statusesOf({ statuses = plain }: Manual): [status: string, means: string][] {
  return Object.entries(statuses);
}

const plain: Statuses = {
  0: "it was done",
  1: "it could not be done: the reason is on standard error",
};

/** width of help, in columns. */
const width = 80;

function helpText(words: Manual): string {
  const { needs, examples, json } = words;
  return [
    new Help().boxWrap(`Needs: ${needs}`, width),
    "",
    "Examples:",
    ...examples.flatMap(({ line, says }) => [`  ${line}`, `      ${says}`]),
    "",
    "Exit status:",
    ...items(statusesOf(words)),
    ...(json === undefined ? [] : ["", `JSON, ${json.form}:`, ...items(Object.entries(json.keys))]),
  ].join("\n");
}

function items(entries: readonly (readonly [term: string, means: string])[]): string[] {
  const help = new Help();
  const longest = Math.max(...entries.map(([term]) => term.length));
  return entries.map(([term, means]) => help.formatItem(term, longest, means, help));
}
