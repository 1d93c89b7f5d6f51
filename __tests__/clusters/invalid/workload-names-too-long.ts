import { site } from "../asking";

export default {
  ...site,
  services: {
    ["database-".padEnd(53, "x")]: { kind: "StatefulSet", image: "db:1" },
    ["nightly-".padEnd(53, "x")]: { kind: "CronJob", image: "job:1", schedule: "0 3 * * *" },
    ["once-".padEnd(55, "x")]: { kind: "Job", image: "job:1" },
    ["standing-".padEnd(63, "x")]: { image: "web:1" },
  },
};
