import type { Tally, Visit } from "../../../lab/kubernetes/visitor";
import type { ExpectedRequest, LaidOutCluster } from "../../../lab/rehearse/subject";
import { visitWhile } from "../../../lab/rehearse/visit-while";

const request = (path: string, more: Partial<ExpectedRequest> = {}): ExpectedRequest => ({
  url: `http://main.test.com${path}`,
  method: "GET",
  headers: {},
  answer: { kind: "services", shares: { hello: 100 } },
  isLimited: false,
  isRetried: false,
  ...more,
});

const requests = [
  request("/hello"),
  request("/limited", { isLimited: true }),
  request("/nobody", { answer: { kind: "nobody" } }),
];
const cluster: LaidOutCluster = {
  name: "home",
  servers: [{ name: "server-1", vmId: 1021, address: "192.168.0.21" }],
  workers: [],
  routes: [],
  requests,
};

test("visitors ask what services answer, and a request that is lost meanwhile is told", async () => {
  const asked = new Set<string>();
  let isBroken = false;
  const visit = ({ url }: Visit, times: number): Promise<Tally> => {
    asked.add(url);
    return Promise.resolve(
      isBroken
        ? { by: new Map([["service hello", times - 1]]), failures: ["answered 502"] }
        : { by: new Map([["service hello", times]]), failures: [] },
    );
  };
  const lab = { visitor: () => ({ visit }) };

  const whole = await visitWhile(lab, [cluster], () => Promise.resolve());
  expect(whole.failures).toEqual([]);
  expect(whole.answered).toBeGreaterThan(0);

  isBroken = true;
  const broken = await visitWhile(lab, [cluster], () => Promise.resolve());
  expect(broken.failures[0]).toBe("GET http://main.test.com/hello: answered 502");
  expect([...asked]).toEqual(["http://main.test.com/hello"]);
});

test("what the work fails by is what a caller gets", async () => {
  const lab = { visitor: () => ({ visit: () => Promise.resolve({ by: new Map(), failures: [] }) }) };
  const work = () => Promise.reject(new Error("cdktf deploy failed"));
  await expect(visitWhile(lab, [cluster], work)).rejects.toThrow("cdktf deploy failed");
});
