import type { Argument, Command, Option } from "commander";
import { type Given, type Offer, offerOf, type Word } from "./offer";

/** complete the last of the words behind the program's name. */
export async function complete(program: Command, words: readonly string[]): Promise<Offer> {
  const current = words.at(-1) ?? "";
  const { command, option, positions, given } = read(program, words.slice(0, -1));
  if (option !== undefined && !(option.variadic && current.startsWith("-")))
    return beginning(current, await offerOf(option, given, current));
  const [, flag, value] = /^(--[^=]+=)(.*)$/s.exec(current) ?? [];
  const assigned = flag === undefined ? undefined : optionOf(command, flag.slice(0, -1));
  if (flag !== undefined && value !== undefined)
    return assigned === undefined
      ? none
      : assignedTo(flag, beginning(value, await offerOf(assigned, given, value)));
  const argument = argumentAt(command, positions);
  if (current.startsWith("-") || (command.commands.length === 0 && argument === undefined))
    return beginning(current, { kind: "words", words: optionWords(command, given) });
  if (argument !== undefined) return beginning(current, await offerOf(argument, given, current));
  return beginning(current, { kind: "words", words: commandWords(command) });
}

const none: Offer = { kind: "words", words: [] };

/** Place of the word that is being written. */
interface Place {
  readonly command: Command;
  /** option whose value it is. */
  readonly option: Option | undefined;
  /** positions, how many arguments stand before it. */
  readonly positions: number;
  readonly given: Given;
}

function read(program: Command, words: readonly string[]): Place {
  const given = new Map<string, string>();
  let command = program;
  let option: Option | undefined;
  let positions = 0;
  for (const word of words) {
    if (word.startsWith("-") && (option === undefined || option.variadic)) {
      const [name = "", value] = word.split("=", 2);
      const known = optionOf(command, name);
      if (known !== undefined) given.set(known.attributeName(), value ?? "");
      option = value === undefined && known !== undefined && takesValue(known) ? known : undefined;
    } else if (option !== undefined) {
      given.set(option.attributeName(), word);
      if (!option.variadic) option = undefined;
    } else {
      const next = command.commands.find((each) => each.name() === word);
      if (next === undefined) positions += 1;
      else command = next;
    }
  }
  return { command, option, positions, given };
}

function argumentAt({ registeredArguments }: Command, position: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[position] ?? (last?.variadic === true ? last : undefined);
}

function optionOf(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

function commandWords(command: Command): Word[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ text: each.name(), about: each.description() }));
}

/** optionWords that are not on the line yet, or may be there again. */
function optionWords(command: Command, given: Given): Word[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !given.has(option.attributeName()) || isRepeatable(option))
    .flatMap(({ long, description }) => (long ? [{ text: long, about: description }] : []));
}

/** isRepeatable: what it has been given is kept as a list or by name. */
function isRepeatable({ defaultValue }: Option): boolean {
  return typeof defaultValue === "object";
}

function beginning(start: string, offer: Offer): Offer {
  if (offer.kind === "files") return offer;
  return { ...offer, words: offer.words.filter(({ text }) => text.startsWith(start)) };
}

function assignedTo(flag: string, offer: Offer): Offer {
  if (offer.kind === "files") return offer;
  return { ...offer, words: offer.words.map((word) => ({ ...word, text: `${flag}${word.text}` })) };
}
