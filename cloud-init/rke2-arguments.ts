import type { Arguments, NodeProgram, ServerProgram } from "../config/model/rke2";

/** ArgumentKeys of RKE2, one for each program that has arguments: `flag=value`, without dashes. */
export type ArgumentKeys<Program extends string> = {
  readonly [P in Program as `${P}-arg`]?: readonly string[];
};

/** nodeArguments, the keys that every node knows. */
export function nodeArguments(programs: Arguments<NodeProgram>): ArgumentKeys<NodeProgram> {
  return keysOf(programs);
}

/** serverArguments, the keys that only a server knows. */
export function serverArguments(programs: Arguments<ServerProgram>): ArgumentKeys<ServerProgram> {
  return keysOf(programs);
}

/** keysOf programs that have a flag; a flag with several values is given several times. */
function keysOf(programs: Arguments<string>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(programs)
      .filter(([, flags]) => Object.keys(flags).length > 0)
      .map(([program, flags]) => [
        `${program}-arg`,
        Object.entries(flags).flatMap(([flag, values]) => values.map((value) => `${flag}=${value}`)),
      ]),
  );
}
