import type { Tally } from "../../../lab/kubernetes/visitor";
import { complaintAbout, tallyInWords, timesFor } from "../../../lab/rehearse/answers";
import type { ExpectedAnswer, ExpectedRequest } from "../../../lab/rehearse/subject";

const canary: ExpectedAnswer = { kind: "services", shares: { stable: 90, next: 10 } };

test("shares are counted over a thousand requests, and may be off by three in a hundred", () => {
  const request = asked(canary);
  expect(timesFor(request)).toBe(1000);
  expect(complaintAbout(request, tally({ "service stable": 925, "service next": 75 }), 1000)).toBeUndefined();
  expect(complaintAbout(request, tally({ "service stable": 935, "service next": 65 }), 1000)).toBe(
    "GET http://shop.test.com/: of 1000 requests service stable 935 times, service next 65 times; expected service stable to 90 %, service next to 10 %",
  );
});

test("a visitor who is let in only so often asks once, and no share is counted", () => {
  const request = { ...asked(canary), isLimited: true };
  expect(timesFor(request)).toBe(1);
  expect(complaintAbout(request, tally({ "service next": 1 }), 1)).toBeUndefined();
  expect(complaintAbout(request, tally({ "service other": 1 }), 1)).toContain("service other 1 times");
});

test("a request for nobody is complained about when somebody answers", () => {
  const request = asked({ kind: "nobody" });
  const lost: Tally = { by: new Map(), failures: ["answered 404: 404 page not found"] };
  expect(complaintAbout(request, lost, 10)).toBeUndefined();
  expect(complaintAbout(request, tally({ "service stable": 10 }), 10)).toBe(
    "GET http://shop.test.com/: answered by service stable 10 times; no rule has that path",
  );
});

test("one request that failed is complained about, however many were answered", () => {
  const failed: Tally = { by: new Map([["service stable", 9]]), failures: ["answered 502: Bad Gateway"] };
  const request = asked({ kind: "services", shares: { stable: 100 } });
  expect(complaintAbout(request, failed, 10)).toBe("GET http://shop.test.com/: answered 502: Bad Gateway");
});

test("a tally is told with the headers that were sent", () => {
  const request = { ...asked(canary), headers: { "x-canary": "always" } };
  expect(tallyInWords(request, tally({ "service next": 10 }), 10)).toBe(
    "GET http://shop.test.com/ with x-canary: always, 10 times: service next 10 times",
  );
});

function asked(answer: ExpectedAnswer): ExpectedRequest {
  return {
    url: "http://shop.test.com/",
    method: "GET",
    headers: {},
    answer,
    isLimited: false,
    isRetried: false,
  };
}

function tally(by: Readonly<Record<string, number>>): Tally {
  return { by: new Map(Object.entries(by)), failures: [] };
}
