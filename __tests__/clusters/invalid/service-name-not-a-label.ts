import { site } from "../asking";

export default { ...site, services: { Hello_World: site.services.hello } };
