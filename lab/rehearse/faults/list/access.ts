import type { Fault } from "../fault";
import { call } from "./requests";

/** access that ends while a run is under way, and an agent that nobody needs. */
export const access: readonly Fault[] = [
  {
    name: "a privilege is taken away after the clone",
    phase: "deploy",
    inject: (field) => {
      const { hand, token } = field;
      hand.fail(call.clone(field), {
        kind: "meanwhile",
        when: "done",
        act: () => hand.revoke(token, "VM.Config.Network"),
      });
      return () => hand.grant(token, "/", ["VM.Config.Network"]);
    },
    says: /Permission check failed \(\/vms\/\d+, VM\.Config\.Network\)/,
  },
  {
    name: "the privilege to clone is missing",
    phase: "deploy",
    inject: ({ hand, token }) => {
      hand.revoke(token, "VM.Clone");
      return () => hand.grant(token, "/", ["VM.Clone"]);
    },
    says: /Permission check failed \(\/vms\/\d+, VM\.Clone\)/,
  },
  {
    name: "the token is deleted while a machine is made",
    phase: "deploy",
    inject: (field) => {
      const { hand, token } = field;
      hand.fail(call.clone(field), { kind: "meanwhile", when: "before", act: () => hand.deleteToken(token) });
      return () => hand.restoreToken(token);
    },
    says: /HTTP 401 response - Reason: no such token/,
  },
  {
    name: "the guest agent never answers",
    phase: "change",
    inject: ({ hand }) => {
      hand.fail(
        { path: "/agent/", times: 10_000 },
        { kind: "answer", status: 500, reason: "QEMU guest agent is not running" },
      );
      return undefined;
    },
  },
];
