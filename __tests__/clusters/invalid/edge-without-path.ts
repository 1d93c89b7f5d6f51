import { site } from "../asking";

export default { ...site, routes: [{ host: "main.test.com", paths: {}, edge: { certificate: "test.com" } }] };
