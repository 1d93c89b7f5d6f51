import { home } from "../home";

export default { ...home, upgrades: { window: { startTime: "2 am", endTime: "05:00" } } };
