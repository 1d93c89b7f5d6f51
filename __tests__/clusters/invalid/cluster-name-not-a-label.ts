import { home } from "../home";

export default { ...home, name: "Home Lab" };
