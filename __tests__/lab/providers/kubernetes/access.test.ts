import { accessOf } from "../../../../lab/providers/kubernetes/access";
import { UNKNOWN, type Attributes } from "../../../../lab/providers/protocol/value";

const program = "test/1";
const proxied = { KUBE_PROXY_URL: "http://127.0.0.1:3128", HTTPS_PROXY: "http://127.0.0.1:8080" };

test("the API is reached as the provider's block says", () => {
  const block = {
    host: "https://192.168.0.10:6443",
    cluster_ca_certificate: pem("CERTIFICATE"),
    client_certificate: pem("CERTIFICATE"),
    client_key: pem("EC PRIVATE KEY"),
    tls_server_name: "kubernetes",
    insecure: true,
    token: "t",
  };
  expect(accessOf(block, {}, program)).toEqual({
    host: "https://192.168.0.10:6443",
    program,
    authority: pem("CERTIFICATE"),
    certificate: pem("CERTIFICATE"),
    key: pem("EC PRIVATE KEY"),
    serverName: "kubernetes",
    insecure: true,
    token: "t",
  });
});

test("the block's proxy goes before the one for Kubernetes, that one before the one for everything", () => {
  const proxyUrl = (block: Attributes, environment: Readonly<Record<string, string>>) =>
    accessOf(block, environment, program).proxyUrl;
  expect(proxyUrl({ proxy_url: "http://127.0.0.1:1" }, proxied)).toBe("http://127.0.0.1:1");
  expect(proxyUrl({}, proxied)).toBe("http://127.0.0.1:3128");
  expect(proxyUrl({}, { HTTPS_PROXY: proxied.HTTPS_PROXY })).toBe("http://127.0.0.1:8080");
  expect(proxyUrl({}, {})).toBeUndefined();
});

test("a host that is not known yet is this machine's, as for the real provider", () => {
  expect(accessOf({ host: UNKNOWN }, {}, program).host).toBe("https://localhost");
});

test.each(["cluster_ca_certificate", "client_certificate", "client_key"])(
  "refuses a %s that is no PEM",
  (name) => {
    expect(() => accessOf({ [name]: "secret" }, {}, program)).toThrow(`'${name}' is not a valid PEM encoded`);
  },
);

test.each(["config_path", "config_context", "username", "password"])(
  "refuses %s, which is not played",
  (name) => {
    expect(() => accessOf({ [name]: "x" }, {}, program)).toThrow(`'${name}' is not played`);
  },
);

function pem(label: string): string {
  return `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
}
