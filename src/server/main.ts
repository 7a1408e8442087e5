import { createConnection } from "vscode-languageserver/node";
import { openProject } from "../analysis/index.js";
import { startServer } from "./start.js";

startServer(createConnection(), openProject);
