import { type EdgeStand, plainHost, startEdgeStand } from "./stand";

let stand: EdgeStand;
beforeEach(async () => {
  stand = await startEdgeStand({ path: "" });
});
afterEach(async () => {
  expect(stand.edge.defects).toEqual([]);
  await stand.close();
});

const hosts = "/nginx/proxy-hosts";

test("a host is answered without a word of nginx's and says online afterwards (edge.md 2.6)", async () => {
  const made = await stand.ask("POST", hosts, plainHost);
  expect(made).toMatchObject({ status: 201, body: { id: 1, enabled: true } });
  expect(made.body).toHaveProperty("meta", {});
  const { body } = await stand.ask("GET", `${hosts}/1`);
  expect(body).toHaveProperty("meta", { nginx_online: true, nginx_err: null });
  expect(stand.edge.sites()).toEqual([{ kind: "proxy", id: 1, domainNames: ["main.test.com"] }]);
});
