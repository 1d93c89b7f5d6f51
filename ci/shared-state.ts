import { Mistake, reportFailure } from "../cli/mistake";
import { loadModel } from "../load-cluster";

try {
  const lonely = loadModel().model.clusters.filter(({ state }) => state.kind === "local");
  if (lonely.length > 0) {
    throw new Mistake(
      [
        `${lonely.map(({ name }) => name).join(", ")}: the state is kept in files beside the cluster file.`,
        "A job's files are gone when it ends, so the next one would make everything a second time.",
        'Write "state" in the cluster file, and move what is there: docs/how-to/move-state.md',
      ].join("\n"),
    );
  }
} catch (error) {
  reportFailure(error);
}
