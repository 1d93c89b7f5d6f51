import type { BoxKind } from "../picture";
import { fonts } from "./shape";

/** Theme, every color of a picture. */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly arrow: string;
  readonly card: string;
  /** group, of frames; inner, of frames in frames. */
  readonly group: string;
  readonly inner: string;
  /** heads of boxes: fill and border. */
  readonly heads: Readonly<Record<BoxKind, readonly [fill: string, border: string]>>;
}

export const light: Theme = {
  paper: "#ffffff",
  ink: "#1f2933",
  quiet: "#52606d",
  line: "#d5dce4",
  arrow: "#7b8794",
  card: "#ffffff",
  group: "#f6f8fa",
  inner: "#eceff3",
  heads: {
    visitor: ["#eef1f4", "#9aa5b1"],
    edge: ["#fdeed3", "#d9a343"],
    pool: ["#d8f3ee", "#4fae9d"],
    ingress: ["#dcebfb", "#5b9bd8"],
    service: ["#def3dd", "#6bb36a"],
    api: ["#e7e2fa", "#8d7bd1"],
    "load-balancer": ["#fdeed3", "#d9a343"],
    server: ["#e7e2fa", "#8d7bd1"],
    worker: ["#def3dd", "#6bb36a"],
    more: ["#eef1f4", "#9aa5b1"],
  },
};

export const dark: Theme = {
  paper: "#0d1117",
  ink: "#e6edf3",
  quiet: "#9aa7b4",
  line: "#303841",
  arrow: "#7d8996",
  card: "#161b22",
  group: "#12171e",
  inner: "#1a2029",
  heads: {
    visitor: ["#262d36", "#5c6773"],
    edge: ["#3d2f14", "#a67a2c"],
    pool: ["#12352f", "#34897a"],
    ingress: ["#142f4a", "#3f78b0"],
    service: ["#183519", "#478a46"],
    api: ["#2c2650", "#6f5fb5"],
    "load-balancer": ["#3d2f14", "#a67a2c"],
    server: ["#2c2650", "#6f5fb5"],
    worker: ["#183519", "#478a46"],
    more: ["#262d36", "#5c6773"],
  },
};

/** styleSheet of a picture: light, and dark where the reader's system is. */
export function styleSheet(): string {
  return [
    "text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; }",
    ...Object.entries(fonts).map(
      ([style, { size, bold }]) => `.${style} { font-size: ${size}px;${bold ? " font-weight: bold;" : ""} }`,
    ),
    ...rulesOf(light),
    "@media (prefers-color-scheme: dark) {",
    ...rulesOf(dark),
    "}",
  ].join("\n");
}

function rulesOf({ paper, ink, quiet, line, arrow, card, group, inner, heads }: Theme): string[] {
  return [
    `.paper { fill: ${paper}; }`,
    `.sheet, .title, .text { fill: ${ink}; }`,
    `.quiet { fill: ${quiet}; }`,
    `.group { fill: ${group}; stroke: ${line}; }`,
    `.inner { fill: ${inner}; stroke: ${line}; }`,
    `.card { fill: ${card}; }`,
    `.rule { stroke: ${line}; }`,
    `.arrow { fill: none; stroke: ${arrow}; }`,
    `.tip { fill: ${arrow}; }`,
    ...Object.entries(heads).flatMap(([kind, [fill, border]]) => [
      `.${kind} .head { fill: ${fill}; }`,
      `.${kind} .border { fill: none; stroke: ${border}; }`,
    ]),
  ];
}
