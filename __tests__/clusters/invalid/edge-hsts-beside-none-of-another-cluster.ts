import { site } from "../asking";
import { lab } from "../home";

export default [
  {
    ...site,
    routes: [
      {
        host: "main.test.com",
        paths: { "/hello": "hello" },
        edge: { certificate: "test.com", hsts: { subdomains: true } },
      },
    ],
    accept: { ...site.accept, "edge/hsts-lasts": "an example" },
  },
  {
    ...lab,
    services: { hello: site.services.hello },
    routes: [{ host: "lab.test.com", paths: { "/": "hello" }, edge: {} }],
  },
];
