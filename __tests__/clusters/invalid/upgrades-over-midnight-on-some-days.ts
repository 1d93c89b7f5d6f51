import { home } from "../home";

export default {
  ...home,
  upgrades: { window: { days: ["saturday"], startTime: "22:00", endTime: "04:00" } },
};
