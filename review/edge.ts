import type { Finding, Subject } from "./finding";
import { differing, listAt, numberAt, textAt } from "./json";
import type { Json } from "./json";
import type { Change, Plan } from "./plan";

/** edge, what a plan does to hosts and certificates of the proxy in front. */
export function edge(plan: Plan): Finding[] {
  return plan.changes.flatMap((change): Finding[] => {
    if (!change.type.startsWith("nginxproxymanager_")) return [];
    const subject: Subject = {
      kind: change.type === "nginxproxymanager_certificate_custom" ? "certificate" : "edge host",
      name: nameOf(change),
    };
    const one = { subject, fields: [], addresses: [change.address] };
    switch (change.action) {
      case "create":
        return [{ ...one, effect: "made", sentence: `is made${upstreamOf(change.after)}` }];
      case "update":
        return [{ ...one, effect: "changed in place", sentence: `is changed: ${fieldsOf(change)}` }];
      case "replace":
        return [
          {
            ...one,
            effect: "replaced",
            sentence: `is taken away and made again: ${change.forcedBy.join(", ")}`,
            interrupts: `${subject.name}, for seconds`,
          },
        ];
      case "delete":
        return [{ ...one, effect: "destroyed", sentence: "is taken away", interrupts: subject.name }];
      case "forget":
        return [
          { ...one, effect: "forgotten", sentence: "stays in the proxy, and nothing here knows it any more" },
        ];
    }
  });
}

function nameOf({ name, before, after }: Change): string {
  const domains = listAt(after ?? before, "domain_names").filter((domain) => typeof domain === "string");
  return domains[0] ?? textAt(after ?? before, "name") ?? name;
}

function upstreamOf(values: Json | undefined): string {
  const host = textAt(values, "forward_host");
  return host === undefined
    ? ""
    : `: to ${textAt(values, "forward_scheme") ?? "http"}://${host}:${numberAt(values, "forward_port") ?? 80}`;
}

function fieldsOf({ before, after }: Change): string {
  return differing(before, after)
    .filter((field) => !told.includes(field))
    .map((field) => field.replaceAll("_", " "))
    .join(", ");
}

/** told by the proxy, not asked of it. */
const told = ["created_on", "modified_on", "meta", "id", "owner_user_id"];
