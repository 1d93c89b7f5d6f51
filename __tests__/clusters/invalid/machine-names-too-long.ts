import { home } from "../home";

export default { ...home, name: "the-cluster-in-the-cellar-of-the-old-house-by-the-river-bank" };
