import * as vscode from "vscode";
import { LEAK_TOOL, LeakTool } from "./agents/leak-tool.js";
import { registerAnalysis } from "./analysis/index.js";
import { copySupportInfo } from "./copy-support-info.js";
import { type MonitorApi, registerMonitor } from "./monitor/index.js";
import { LeakReports } from "./report/index.js";
import { registerVerify } from "./verify/index.js";

const COPY_SUPPORT_INFO = "prismaLeakLens.copyDiagnosticsInfo";

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
		memoryCosts: () => analysis.memoryCosts(),
		onSites: (params) => analysis.showEvidence(params),
	});
	const reports = new LeakReports({
		report: (params) => analysis.report(params),
		latestRecording: async () => {
			const [latest] = await monitor.recordings();
			return latest === undefined ? null : monitor.recordingPath(latest.id);
		},
	});
	context.subscriptions.push(
		vscode.lm.registerTool(LEAK_TOOL, new LeakTool({ leaks: (query) => analysis.leaks(query), latestSample: () => monitor.latest })),
		reports,
		registerVerify({
			program: vscode.Uri.joinPath(context.extensionUri, "dist", "load.js").fsPath,
			monitor,
			memory: context.workspaceState,
			showReport: (measured) => reports.show(measured),
		}),
		vscode.commands.registerCommand(COPY_SUPPORT_INFO, () => copySupportInfo(versionOf(context), analysis, monitor)),
	);
	return { monitor };
}

function versionOf({ extension }: vscode.ExtensionContext): string {
	const { version }: { readonly version: string } = extension.packageJSON;
	return version;
}
