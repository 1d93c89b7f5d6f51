import type { Wish } from "./wishes";

/** proxyWishAt an unknown field of what Nginx Proxy Manager serves, or of a certificate. */
export function proxyWishAt(path: readonly PropertyKey[], key: string): Wish | undefined {
  const [section, , field] = path.map(String);
  const atProxy = section === "edge" || (section === "routes" && field === "edge");
  if (!atProxy && section !== "certificates") return undefined;
  const word = key.toLowerCase().replaceAll(/[^a-z]/g, "");
  const found = wishes.find(({ words, of }) => words.includes(word) && (atProxy || of === "certificates"));
  return found && { ...found.wish, hidden: true };
}

/** wishes by the words that Nginx Proxy Manager, its provider and its habits have for them. */
const wishes: readonly {
  readonly words: readonly string[];
  readonly of: "edge" | "certificates";
  readonly wish: Wish;
}[] = [
  {
    words: ["accesslist", "accesslistid", "accesslists", "access", "acl"],
    of: "edge",
    wish: {
      why: "the provider cannot give a host an access list: the host is made, and this deploy fails and every one after it",
      fix: "write allow with the visitors' networks, and basicAuth in the route for passwords",
    },
  },
  {
    words: ["basicauth", "auth", "authorizations", "htpasswd", "passauth", "satisfyany", "users"],
    of: "edge",
    wish: {
      why: "the proxy asks for passwords by an access list only, which the provider cannot give to a host",
      fix: "write basicAuth in the route: the ingress asks for them",
    },
  },
  {
    words: [
      "letsencrypt",
      "letsencryptemail",
      "acme",
      "certbot",
      "dnschallenge",
      "dnsprovider",
      "certificateletsencrypt",
    ],
    of: "certificates",
    wish: {
      why: "the proxy's Let's Encrypt takes none of what the provider sends since release 2.13",
      fix: "bring the certificate along: fromVariable, or inProxy with the number of one that was made at the proxy",
    },
  },
  {
    words: ["username", "user", "password", "identity", "secret", "token"],
    of: "edge",
    wish: {
      why: "no secret stands in the file",
      fix: "take it out, and set NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD",
    },
  },
  {
    words: ["upstream", "forwardhost", "forwardport", "forwardscheme"],
    of: "edge",
    wish: {
      why: "the proxy leads to the ingress' address, by HTTPS where the route has tls",
      fix: "take it out; one path can go elsewhere with locations and to",
    },
  },
  {
    words: ["trustforwardedproto", "proxyprotocol"],
    of: "edge",
    wish: {
      why: "the provider has no field for it",
      fix: "take it out: the ingress believes the proxy, and the proxy nobody",
    },
  },
];
