import { base } from "./base";

export default {
  ...base,
  upgrades: { window: { days: ["saturday"], startTime: "02:00", endTime: "05:00" } },
};
