import { site } from "../asking";

export default { ...site, services: { ...site.services, all: { selects: { tier: "web" } } } };
