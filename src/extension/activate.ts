import * as vscode from "vscode";
import { registerAnalysis } from "./analysis/index.js";
import { type MonitorApi, registerMonitor } from "./monitor/index.js";

/** What other extensions and the integration suite get of this one. */
export interface ExtensionApi {
	readonly monitor: MonitorApi;
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
	const log = vscode.window.createOutputChannel("Prisma Leak Lens", { log: true });
	const analysis = registerAnalysis(context, log);
	context.subscriptions.push(analysis, log);
	const monitor = registerMonitor(context, {
		extensionUri: context.extensionUri,
		log,
		databaseEndpoints: () => analysis.databaseEndpoints(),
	});
	return { monitor };
}
