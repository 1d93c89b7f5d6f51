import { join } from "node:path";
import type { Part } from "../../engine/part";
import type { Dialect } from "./dialect";
import { layOut } from "./folder";
import type { Nginx } from "./nginx";
import { problemInFiles } from "./reading/read-files";

/** readNginx stands in where no nginx is at hand: it reads the files of hosts and serves nobody. */
export async function readNginx(folder: string): Promise<Nginx> {
  const data = join(folder, "data");
  const dialect: Dialect = { data, listen: String, hasHttp2Directive: true };
  await layOut(folder, { dialect, user: undefined, address: undefined, streamModule: "built in" });
  return {
    state: "left out",
    part,
    dialect,
    test: () => problemInFiles(data),
    reload: () => Promise.resolve(),
    log: () => [],
    close: () => Promise.resolve(),
  };
}

const part: Part = {
  name: "nginx of the edge: its files are read for braces, semicolons and known words, and serve nobody",
  kind: "stand-in",
  version: "no nginx found",
};
