import { site } from "../asking";

export default { ...site, services: { once: { kind: "Job", image: "job:1", keep: "1d" } } };
