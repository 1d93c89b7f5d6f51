"use strict";
// Makes every import of cdktf one of cdktn, those of the prebuilt providers too, as an alias in package.json does.
// Use: node --require ./__tests__/stacks/as-cdktn.js --require ./from-source.js main.ts

const Module = require("node:module");

const resolve = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) => resolve(request.replace(/^cdktf(?=\/|$)/, "cdktn"), ...rest);
