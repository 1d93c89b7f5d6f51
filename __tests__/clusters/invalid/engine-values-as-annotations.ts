import { siteOn } from "../asking";

/** Texts and numbers that ingress-nginx' annotations do not take. */
export default {
  ...siteOn("ingress-nginx"),
  routes: [
    {
      hosts: ["*.test.com"],
      basicAuth: "admins",
      paths: {
        "/hello": {
          to: "hello",
          when: [{ headers: { "x-canary": "50%" }, to: "next" }],
          retries: { attempts: 2, statuses: [500, 501] },
          rateLimit: { requests: 10, burst: 25 },
          timeouts: { request: "1500ms", connect: "2s" },
          rewrite: "/$new",
          externalAuth: { to: "secure", path: "/check#1" },
          sticky: { cookie: "a b" },
          cors: { origins: ["app.test.com"], methods: ["M-SEARCH"], headers: ["*"] },
        },
      },
    },
  ],
};
