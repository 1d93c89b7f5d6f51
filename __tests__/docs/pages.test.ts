import { join } from "node:path";
import { slipway } from "../../cli/program";
import { capabilities } from "../../config/capabilities";
import { commandsPage } from "../../docs/generate/commands";
import { enginesPage } from "../../docs/generate/engines";
import { expectFile } from "../golden-file";

it("docs/reference/engines.md is what the capability data says", () => {
  expectFile(join(__dirname, "../../docs/reference/engines.md"), enginesPage());
});

it("docs/reference/commands.md is what the commands say of themselves", () => {
  expectFile(join(__dirname, "../../docs/reference/commands.md"), commandsPage(slipway()));
});

it("says of every gap why", () => {
  const gaps = Object.values(capabilities).flatMap(({ engines }) =>
    Object.values(engines).flatMap((cell) => (typeof cell === "string" ? [] : [cell.gap])),
  );
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) expect(enginesPage()).toContain(`: ${gap}.`);
});
