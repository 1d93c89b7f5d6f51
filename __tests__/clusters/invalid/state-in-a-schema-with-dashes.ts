import { home } from "../home";

export default { ...home, state: { pg: { schema: "Slipway-State" } } };
