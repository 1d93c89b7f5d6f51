import { home } from "../home";

export default { ...home, apii: home.api, api: undefined };
