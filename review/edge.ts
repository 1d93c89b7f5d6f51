import type { Finding, Subject } from "./finding";
import { differing, listAt, numberAt, textAt } from "./json";
import type { Json } from "./json";
import { told } from "./plan";
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
            interrupts: { what: subject.name, lasts: "for a while" },
          },
        ];
      case "delete":
        return [{ ...one, effect: "destroyed", sentence: "is taken away", ...endOf(subject) }];
      case "forget":
        return [
          { ...one, effect: "forgotten", sentence: "stays in the proxy, and nothing here knows it any more" },
        ];
    }
  });
}

/** nameOf a host or a certificate, without the words by which the program knows its own. */
export function nameOf({ name, before, after }: Pick<Change, "name" | "before" | "after">): string {
  const domains = listAt(after ?? before, "domain_names").filter((domain) => typeof domain === "string");
  const given = textAt(after ?? before, "name")?.replace(/ \(slipway [^)]*\)$/, "");
  return domains[0] ?? given ?? name;
}

function endOf({ kind, name }: Subject): Pick<Finding, "interrupts"> {
  return kind === "edge host" ? { interrupts: { what: name, lasts: "for good" } } : {};
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
