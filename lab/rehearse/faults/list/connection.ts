import type { Fault } from "../fault";
import { answering, call, failing } from "./requests";

/** connection to Proxmox: errors of its proxies, cut answers, cut handshakes. */
export const connection: readonly Fault[] = [
  {
    name: "503 for the list of machines",
    phase: "deploy",
    inject: answering(() => ({ method: "GET", path: "/cluster/resources" }), 503, "Service Unavailable", 40),
    says: /HTTP 503 response - Reason: Service Unavailable/,
  },
  {
    name: "502 for the clone, once",
    phase: "deploy",
    inject: answering(call.clone, 502, "Bad Gateway"),
  },
  {
    name: "596 for the configuration",
    phase: "deploy",
    inject: answering(call.configure, 596, "Broken pipe", 5),
    says: /HTTP 596 response - Reason: Broken pipe/,
  },
  {
    name: "503 for the removal, always",
    phase: "destroy",
    inject: answering(call.destroy, 503, "Service Unavailable", 20),
    says: /HTTP 503 response - Reason: Service Unavailable/,
  },
  {
    name: "the answer to the configuration is cut in the middle",
    phase: "change",
    inject: failing(call.configure, { kind: "answer cut" }),
    says: /unexpected EOF/,
  },
  {
    name: "the answer to the clone is cut in the middle",
    phase: "deploy",
    inject: failing(call.clone, { kind: "answer cut" }),
    says: /unexpected EOF/,
    leaves: { machine: ({ worker }) => worker.vmId, then: "import" },
  },
  {
    name: "two connections are cut before TLS",
    phase: "change",
    inject: (field) => {
      field.hand.cutConnections(2);
      return undefined;
    },
  },
  {
    name: "every connection is cut before TLS",
    phase: "change",
    inject: (field) => {
      field.hand.cutConnections(10_000);
      return undefined;
    },
    says: /failed to perform HTTP GET request.*EOF|error retrieving .*: EOF/,
  },
];
