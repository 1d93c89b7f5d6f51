import { z } from "zod";
import { isIpv4, parseNetwork } from "../network";
import { link } from "./links";
import { isDomain, literal } from "./literals";

/** exception from a proxy, in the one form that curl, apt and Go's programs all understand. */
const exception = literal(
  (text) =>
    isIpv4(text) || parseNetwork(text)?.cidr === text || isDomain(text.replace(/^\./, "")) ? text : undefined,
  (text) => {
    const without = text
      .replace(/^\*/, "")
      .replace(/^https?:\/\//, "")
      .replace(/[:/].*$/, "");
    return {
      code: "networks/not-an-exception",
      why: "what goes past the proxy is a host, a domain with a dot in front, an address or a network",
      fix:
        !text.includes("/") || /^https?:/.test(text)
          ? `write "${isDomain(without.replace(/^\./, "")) ? without : ".test.com"}" for ${JSON.stringify(text)}`
          : `write "${parseNetwork(text)?.cidr ?? "192.168.1.0/24"}" for ${JSON.stringify(text)}`,
    };
  },
).meta({
  description: "a host, a domain with a dot in front, an address or a network",
  problems: ["networks/not-an-exception"],
});

/** proxy that machines reach the outside through. */
export const proxy = z.strictObject({
  /** url of it, without a login. @error rke2/proxy-login */
  url: link(["http"], {
    code: "rke2/proxy-login",
    fix: "take it out of the URL, and let the proxy know the machines by their addresses",
  }),
  /** except these hosts, domains with a leading dot and networks; the cluster's own are always excepted. @default []. @error networks/not-an-exception */
  except: z.array(exception).optional(),
});
