import { home } from "../home";

export default { ...home, services: { hello: { kind: "Deploymint", image: "hello:1", port: 8080 } } };
