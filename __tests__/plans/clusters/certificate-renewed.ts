import { base } from "./base";

export default { ...base, certificates: { "test.com": { fromVariable: "test_com", revision: 2 } } };
