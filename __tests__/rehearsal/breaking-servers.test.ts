import { StepFailed } from "../../lab/rehearse/step-failed";
import { editStack, flipByte, snippet, waitSeconds } from "./stand/stack-file";
import { clusterFile, onStand, rehearsing } from "./stand/standing";

/** breakages: a byte of what, on which server, in which file, at which place in it, and what the console says. */
const breakages: readonly [string, string, string, number, RegExp][] = [
  [
    "the server token",
    "server-2",
    "/etc/rancher/rke2/server-token",
    85,
    /failed to get bootstrap data: .*server-bootstrap: 401 not authorized/,
  ],
  [
    "the CA that it knows its cluster by",
    "server-2",
    "/etc/slipway/server-ca.crt",
    300,
    /192\.168\.0\.20:9345: .*(certificate|error:)/i,
  ],
  [
    "the CA that its cluster is founded on",
    "server-1",
    "/var/lib/rancher/rke2/server/tls/server-ca.crt",
    60,
    /token CA hash does not match the Cluster CA certificate hash/,
  ],
];

rehearsing("a server with one thing broken", () => {
  test.each(breakages)("refuses a byte of %s, and says why", async (_, node, path, at, says) => {
    await onStand(clusterFile("three-servers"), async (standing) => {
      await editStack(standing.scratch, "small-machines", (json) => {
        waitSeconds(json, 10);
        const file = snippet(json, node, "user-data");
        file.data = flipByte(file.data, path, at);
      });
      await expect(standing.deploy()).rejects.toThrow(StepFailed);
      expect(standing.lab.readyNodes(["192.168.0.21"])).not.toContain(node);
      expect(standing.lab.consoles().get(`small-${node}`)?.join("\n")).toMatch(says);
      expect(standing.lab.consoles().has("small-server-3")).toBe(false);
    });
  });
});
