import { home } from "../home";

export default { ...home, state: { http: { address: "http://192.168.0.5/states" } } };
