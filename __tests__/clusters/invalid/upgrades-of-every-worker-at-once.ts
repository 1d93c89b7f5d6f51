import { home } from "../home";

export default { ...home, upgrades: { concurrency: 5 } };
