import { Listr, PRESET_TIMER } from "listr2";

/** Presentation of progress: `live` redraws a terminal, `lines` appends to a log, `silent` shows nothing. */
export type Presentation = "live" | "lines" | "silent";

/** Progress shows one task at work; `say` tells what it is doing right now. */
export type Progress = <T>(title: string, work: (say: (line: string) => void) => Promise<T>) => Promise<T>;

export function showProgress(presentation: Presentation): Progress {
  const renderer = ({ live: "default", lines: "simple", silent: "silent" } as const)[presentation];
  return async (title, work) => {
    const results: Awaited<ReturnType<typeof work>>[] = [];
    const list = new Listr(
      [
        {
          title,
          task: async (_context, task) => {
            const say = (line: string): void => {
              if (presentation === "live") task.output = line.trim();
            };
            results.push(await work(say));
          },
        },
      ],
      { renderer, rendererOptions: { timer: PRESET_TIMER }, registerSignalListeners: false },
    );
    await list.run();
    const [result] = results;
    if (result === undefined) throw new Error(`"${title}" ended without a result`);
    return result;
  };
}
