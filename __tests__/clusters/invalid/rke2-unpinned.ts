import { home } from "../home";

export default { ...home, accept: { "template/unpinned": "an example" } };
