import { home } from "../home";

export default { ...home, template: { ...home.template, disk: "2 GiB" } };
