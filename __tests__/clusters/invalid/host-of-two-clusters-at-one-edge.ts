import { site } from "../asking";
import { lab } from "../home";

const edge = { certificate: "test.com" };

export default [
  { ...site, routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge }] },
  {
    ...lab,
    services: { hello: site.services.hello },
    certificates: site.certificates,
    routes: [
      { hosts: ["lab.test.com", "main.test.com"], paths: { "/": "hello" }, edge },
      { host: "inside.test.com", paths: { "/": "hello" } },
    ],
  },
];
