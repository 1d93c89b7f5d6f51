import { home } from "../home";

export default { ...home, api: { ...home.api, address: "192.168.0.242" } };
