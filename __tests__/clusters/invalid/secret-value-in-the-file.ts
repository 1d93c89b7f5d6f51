import { home } from "../home";

export default { ...home, secrets: { "navi-key": { keys: { "api-key": "KakaoAK 0123456789" } } } };
