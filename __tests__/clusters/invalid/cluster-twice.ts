import { home, lab } from "../home";

export default [home, { ...lab, name: "home" }];
