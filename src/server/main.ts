#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { createConnection } from "vscode-languageserver/node";
import { openProject, userCacheFolder } from "../analysis/index.js";
import { startServer } from "./start.js";

// After a scan V8 expects all facts to live long and allocates those of each edit among the old objects: an edit then costs about twice
// the time (`npm run bench`). A version of V8 that knows no such flag says so on stderr and goes on.
setFlagsFromString("--no-allocation-site-pretenuring");

// Editors other than VS Code start the bare command.
if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket|pipe)\b/.test(argument))) process.argv.push("--stdio");

startServer(createConnection(), (root, settings) => openProject(root, settings, userCacheFolder()));
