import { base } from "./base";

export default { ...base, storage: "longhorn" };
