import { readFile } from "node:fs/promises";
import { reportFailure } from "../cli/mistake";
import { say } from "./comment/say";

const [report, status] = process.argv.slice(2);
if (report === undefined || status === undefined) throw new Error("usage: ci/comment.ts <report> <status>");
readFile(report, "utf8")
  .then((text) => say(text, Number(status), process.env))
  .catch(reportFailure);
