import { home } from "../home";

export const cluster = home;
