import { home } from "../home";

export default { ...home, api: { ...home.api, through: "haproxy" } };
