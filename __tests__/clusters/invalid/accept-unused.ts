import { home } from "../home";

export default { ...home, accept: { ...home.accept, "machines/even-servers": "while we move" } };
