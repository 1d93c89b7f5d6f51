import { site } from "../asking";

export default { ...site, routes: [{ host: "a.b.test.com", tls: "test.com", paths: { "/": "hello" } }] };
