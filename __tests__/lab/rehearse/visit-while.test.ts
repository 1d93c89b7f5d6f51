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
  loadBalancers: [],
  routes: [],
  hostsInFront: [],
  requests,
};

test("visitors ask what services answer, until the work is done, and a request that is lost meanwhile is told", async () => {
  const asked: string[] = [];
  const visit = ({ url }: Visit, times: number): Promise<Tally> => {
    asked.push(url);
    return Promise.resolve({ by: new Map([["service hello", times - 1]]), failures: ["answered 502"] });
  };
  const lab = { visitor: () => ({ visit }) };
  const work = async (): Promise<void> => {
    while (asked.length < 9) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const { answered, failures } = await visitWhile(lab, [cluster], 100, work);
  expect(answered).toBe(99 * asked.length);
  expect(failures).toEqual(asked.map(() => "GET http://main.test.com/hello: answered 502"));
  expect(new Set(asked)).toEqual(new Set(["http://main.test.com/hello"]));
});

test("what the work fails by is what a caller gets", async () => {
  const visit = (): Promise<Tally> => Promise.resolve({ by: new Map(), failures: [] });
  const work = () => Promise.reject(new Error("cdktf deploy failed"));
  await expect(visitWhile({ visitor: () => ({ visit }) }, [cluster], 1, work)).rejects.toThrow(
    "cdktf deploy failed",
  );
});
