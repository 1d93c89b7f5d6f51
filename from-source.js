"use strict";
// Runs TypeScript from its sources. swc takes the types away once for each content of a file; what it made is kept in
// node_modules/.cache/slipway, which may be deleted at any time. Use: node --require ./from-source.js main.ts

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { SourceMap } = require("node:module");
const { join } = require("node:path");
const { version } = require("@swc/core/package.json");

const kept = join(__dirname, "node_modules", ".cache", "slipway", version);
const options = {
  configFile: false,
  swcrc: false,
  sourceMaps: "inline",
  module: { type: "commonjs" },
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
};
const programs = new Map();

require.extensions[".ts"] = (module, file) => {
  const program = programOf(file, readFileSync(file, "utf8"));
  programs.set(file, program);
  module._compile(program, file);
};

Error.prepareStackTrace = (error, frames) =>
  [error, ...frames.map((frame) => `    at ${inSource(frame)}`)].join("\n");

function programOf(file, source) {
  const key = createHash("sha256")
    .update(JSON.stringify([options, file, source]))
    .digest("hex");
  const place = join(kept, `${key}.js`);
  try {
    return readFileSync(place, "utf8");
  } catch {
    const program = require("@swc/core").transformSync(source, { ...options, filename: file }).code;
    keep(place, program);
    return program;
  }
}

/** keep for the next start, whole or not at all; where nothing can be written, the next start compiles again. */
function keep(place, program) {
  const making = `${place}.${process.pid}`;
  try {
    mkdirSync(kept, { recursive: true });
    writeFileSync(making, program);
    renameSync(making, place);
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS", "ENOSPC"].includes(error.code)) throw error;
  }
}

/** inSource: a frame of a stack trace with the line that its author wrote. */
function inSource(frame) {
  const file = frame.getFileName();
  const [, map] = programs.get(file)?.split("//# sourceMappingURL=data:application/json;base64,") ?? [];
  if (map === undefined) return frame.toString();
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const written = new SourceMap(JSON.parse(Buffer.from(map, "base64"))).findEntry(line - 1, column - 1);
  if (written.originalLine === undefined) return frame.toString();
  const place = `${file}:${written.originalLine + 1}:${written.originalColumn + 1}`;
  return frame.toString().replace(`${file}:${line}:${column}`, place);
}
