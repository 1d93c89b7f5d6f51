import { unwrapBash } from "../../../lab/proxmox/ssh/exec";

describe("a command over SSH", () => {
  it("is taken out of bash -c with its quotes", () => {
    expect(unwrapBash(`/bin/bash -c 'echo '"'"'a b'"'"''`)).toBe("echo 'a b'");
  });

  it("stands for itself without bash -c", () => {
    expect(unwrapBash("uptime")).toBe("uptime");
  });
});
