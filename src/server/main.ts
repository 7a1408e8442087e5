import { createConnection } from "vscode-languageserver/node";
import { openProject, userCacheFolder } from "../analysis/index.js";
import { startServer } from "./start.js";

startServer(createConnection(), (root, settings) => openProject(root, settings, userCacheFolder()));
