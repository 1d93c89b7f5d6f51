import { withoutTokenTraces } from "../../stacks/token-traces";

describe("withoutTokenTraces", () => {
  const before = Error.prepareStackTrace.bind(Error);
  beforeAll(withoutTokenTraces);
  afterAll(() => {
    Error.prepareStackTrace = before;
  });

  it("leaves an error its whole trace, for faults of ours", () => {
    expect(new Error("a fault").stack).toMatch(/^Error: a fault\n +at .*token-traces\.test\.ts/);
  });

  it("makes no text for what is not an error", () => {
    const token: { stack?: string } = {};
    Error.captureStackTrace(token);
    expect(token.stack).toBe("");
  });
});
