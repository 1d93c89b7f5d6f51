import { home } from "../home";

export default { ...home, accept: { ...home.accept, "machines/even-server": "while we move" } };
