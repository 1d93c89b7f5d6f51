import { home } from "../home";

export default {
  ...home,
  upgrades: { window: { startTime: "02:00", endTime: "05:00", timeZone: "europe/berlin" } },
};
