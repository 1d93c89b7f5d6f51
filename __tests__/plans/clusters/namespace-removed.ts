import { base } from "./base";

export default { ...base, services: {}, routes: [] };
