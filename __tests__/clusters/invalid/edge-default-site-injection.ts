import { site } from "../asking";

export default { ...site, edge: { ...site.edge, defaultSite: { redirect: "https://test.com/;}" } } };
