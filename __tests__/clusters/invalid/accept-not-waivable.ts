import { home } from "../home";

export default { ...home, accept: { ...home.accept, "addresses/twice": "they never run at once" } };
