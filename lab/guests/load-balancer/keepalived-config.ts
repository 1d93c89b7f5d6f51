/** KeepalivedConfig is what keepalived makes of its configuration file. */
export interface KeepalivedConfig {
  readonly scriptUser?: string;
  /** startupDelay in seconds, in which nobody becomes master. */
  readonly startupDelay: number;
  readonly scripts: readonly TrackScript[];
  readonly instances: readonly VrrpInstance[];
}

export interface TrackScript {
  readonly name: string;
  readonly command: string;
  readonly fall: number;
  readonly rise: number;
  /** interval in seconds. */
  readonly interval: number;
}

export interface VrrpInstance {
  readonly name: string;
  readonly state: "BACKUP" | "MASTER";
  readonly nopreempt: boolean;
  readonly interface: string;
  readonly routerId: number;
  readonly priority: number;
  readonly source: string;
  readonly peers: readonly string[];
  readonly addresses: readonly string[];
  /** scripts that have to succeed, by name. */
  readonly scripts: readonly string[];
}

interface Block {
  readonly words: readonly string[];
  readonly lines: (readonly string[])[];
  readonly blocks: Block[];
}

/** readKeepalived reads the keywords that the lab can act on; any other is refused. */
export function readKeepalived(text: string): KeepalivedConfig {
  const root = treeOf(text);
  const unknown =
    root.lines[0] ?? root.blocks.find(({ words }) => !Object.hasOwn(known, words[0] ?? ""))?.words;
  if (unknown !== undefined) throw new Error(`Unknown keyword '${unknown.join(" ")}'`);
  const scripts = root.blocks.filter(({ words }) => words[0] === "vrrp_script").map(scriptOf);
  const instances = root.blocks.filter(({ words }) => words[0] === "vrrp_instance").map(instanceOf);
  const missing = instances
    .flatMap((instance) => instance.scripts)
    .find((name) => !scripts.some((script) => script.name === name));
  if (missing !== undefined) throw new Error(`track script ${missing} not found, ignoring...`);
  for (const block of root.blocks) refuseUnknown(block);
  const globals = root.blocks.find(({ words }) => words[0] === "global_defs");
  const user = value(globals, "script_user");
  const startupDelay = Number(value(globals, "vrrp_startup_delay") ?? 0);
  return { ...(user === undefined ? {} : { scriptUser: user }), startupDelay, scripts, instances };
}

/** known keywords by block, and blocks in it that are lists. */
const known: Readonly<Record<string, readonly string[]>> = {
  global_defs: ["router_id", "vrrp_startup_delay", "enable_script_security", "script_user"],
  vrrp_script: ["script", "interval", "timeout", "fall", "rise"],
  vrrp_instance: [
    ..."state nopreempt interface virtual_router_id priority advert_int unicast_src_ip".split(" "),
    ...["unicast_peer", "virtual_ipaddress", "track_script"],
  ],
};

function refuseUnknown({ words: [kind = ""], lines, blocks }: Block): void {
  const keywords = [...lines, ...blocks.map(({ words }) => words)].map(([word = ""]) => word);
  const unknown = keywords.find((word) => known[kind]?.includes(word) !== true);
  if (unknown !== undefined) throw new Error(`Unknown keyword '${unknown}' in ${kind}`);
}

function treeOf(text: string): Block {
  const root: Block = { words: [], lines: [], blocks: [] };
  const open = [root];
  for (const raw of text.split("\n")) {
    const line = raw.replace(/[#!].*/, "").trim();
    const inner = open.at(-1) ?? root;
    if (line === "}") open.pop();
    else if (line.endsWith("{")) {
      const block: Block = { words: line.slice(0, -1).trim().split(/\s+/), lines: [], blocks: [] };
      inner.blocks.push(block);
      open.push(block);
    } else if (line !== "") {
      const [word = "", ...rest] = line.split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/);
      inner.lines.push([word, ...rest.map((part) => part.replace(/^"(.*)"$/, "$1"))]);
    }
  }
  if (open.length !== 1) throw new Error("Unmatched braces in the configuration");
  return root;
}

function scriptOf(block: Block): TrackScript {
  return {
    name: block.words[1] ?? "",
    command: needed(block, "script"),
    fall: Number(value(block, "fall") ?? 1),
    rise: Number(value(block, "rise") ?? 1),
    interval: Number(value(block, "interval") ?? 1),
  };
}

function instanceOf(block: Block): VrrpInstance {
  const list = (name: string): string[] =>
    block.blocks.flatMap(({ words, lines }) => (words[0] === name ? lines.map(([word = ""]) => word) : []));
  const state = value(block, "state") ?? "BACKUP";
  if (state !== "BACKUP" && state !== "MASTER")
    throw new Error(`unknown state '${state}', defaulting to BACKUP`);
  const routerId = Number(needed(block, "virtual_router_id"));
  if (!(routerId >= 1 && routerId <= 255))
    throw new Error(`VRID '${routerId}' not valid - must be between 1 & 255`);
  return {
    name: block.words[1] ?? "",
    state,
    nopreempt: has(block, "nopreempt"),
    interface: needed(block, "interface"),
    routerId,
    priority: Number(value(block, "priority") ?? 100),
    source: needed(block, "unicast_src_ip"),
    peers: list("unicast_peer"),
    addresses: list("virtual_ipaddress").map((address) => address.replace(/\/\d+$/, "")),
    scripts: list("track_script"),
  };
}

function value(block: Block | undefined, keyword: string): string | undefined {
  return block?.lines.find(([word]) => word === keyword)?.[1];
}

function has(block: Block, keyword: string): boolean {
  return block.lines.some(([word]) => word === keyword);
}

function needed(block: Block, keyword: string): string {
  const found = value(block, keyword);
  if (found === undefined) throw new Error(`(${block.words.join(" ")}) has no ${keyword}`);
  return found;
}
