import { home } from "../home";

export default { ...home, upgrades: { window: { startTime: "02:00", endTime: "02:00" } } };
