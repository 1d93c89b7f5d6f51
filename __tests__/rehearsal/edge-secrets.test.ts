import { join } from "node:path";
import { behindEdge } from "./clusters/behind-edge";
import { type EdgeStanding, standEdge, stateOf } from "./stand/edge-standing";
import { filesBelow, found } from "./stand/found";
import { buildingMilliseconds, project, rehearsing } from "./stand/standing";

const hosts = { "a.test.com": { certificate: "test.com" } };
const names = ["test.com", "*.test.com"];

rehearsing("the login at the proxy in front and the key of a certificate", () => {
  let standing: EdgeStanding;
  let secrets: ReadonlyMap<string, string>;
  /** texts that were printed or written, by what they are. */
  const texts = new Map<string, string>();
  /** states: of a certificate that was brought along, and of one that lies in the proxy. */
  const states: string[] = [];

  beforeAll(async () => {
    standing = await standEdge(behindEdge(hosts));
    const { authority, edge, folder, give, plan, apply, deploy, terraform, write } = standing;
    const keep = async (what: string, said: Promise<{ words: string } | string>): Promise<void> => {
      const done = await said;
      texts.set(what, typeof done === "string" ? done : done.words);
    };
    const first = await authority.issue(names);
    const second = await authority.issue(names);
    const wrong = await authority.issue(["test.org"]);
    secrets = new Map([
      ["the password", standing.password],
      ["the first key", first.keyPem],
      ["the second key", second.keyPem],
      ["the key of a refused certificate", wrong.keyPem],
    ]);

    give(first);
    await keep("the first plan", plan());
    await keep("the first deploy", deploy());
    await keep(
      "what Terraform shows of its state",
      terraform("show").then(({ output }) => output),
    );
    give(wrong);
    await keep("a deploy that the gate refuses", apply());
    give(second);
    await keep("the plan of another certificate", plan());
    await keep("its deploy", deploy());
    await write(behindEdge({ "a.test.com": { ...hosts["a.test.com"], rawNginx: "proxy_buffering maybe;" } }));
    await keep("a deploy that nginx refuses", apply());
    states.push(await stateOf(standing));
    for (const [file, text] of filesBelow(join(folder, ".."), /^cdk\.tf\.json$|\.mjs$/))
      texts.set(file, text);

    await terraform("state", "rm", "nginxproxymanager_certificate_custom.certificate-test_com");
    await write(behindEdge(hosts, {}, [], { inProxy: 2, names }));
    await keep("the plan of a certificate in the proxy", plan());
    await keep("its deployment", deploy());
    states.push(await stateOf(standing));
    await keep(
      "the end",
      terraform("destroy", "-auto-approve", "-no-color").then(({ output }) => output),
    );
    texts.set("the log of nginx", edge.log().join("\n"));
    texts.set("the records that trace reads", JSON.stringify(edge.records()));
    for (const [file, text] of filesBelow(join(project, "__tests__/golden"), /./)) texts.set(file, text);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("would be found, if they stood there", () => {
    for (const [what, secret] of secrets) {
      for (const text of [secret, JSON.stringify(secret), Buffer.from(secret).toString("base64")])
        expect(found([["a text", text]], secrets)).toContain(`${what} in a text`);
    }
  });

  test("are nowhere in JSON, plans, deploys, shown states, logs or goldens", () => {
    expect(texts.get("the plan of another certificate")).toContain("certificate_key = (sensitive value)");
    expect(texts.get("a deploy that the gate refuses")).toContain("Nothing was sent to the proxy.");
    expect(texts.get("a deploy that nginx refuses")).toContain('invalid value "maybe"');
    expect(texts.get("the end")).toContain("Destroy complete!");
    expect(found([...texts], secrets)).toEqual([]);
  });

  test("lie in the state where the manual says so: the key of what is shown, and never the login", () => {
    const [brought = "", inProxy = ""] = states;
    expect(found([["state", brought]], secrets)).toEqual(["the second key in state"]);
    expect(found([["state", inProxy]], secrets)).toEqual(["the second key in state"]);
  });
});
