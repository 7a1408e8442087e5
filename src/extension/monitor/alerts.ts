import * as vscode from "vscode";
import type { Alert } from "../../protocol/index.js";
import { reportedFindings } from "../diagnostics.js";
import type { MonitorController } from "./controller.js";
import { openSource } from "./open-source.js";
import { sessionName } from "./session-names.js";

/** Tells of each alert of a session once, when it is raised, and leads to the finding that explains it where there is one. */
export function tellAlerts(session: MonitorController, showDashboard: () => void): () => void {
	return session.onChange((change) => {
		if (change.type !== "alert") return;
		const { alert } = change;
		const place = explaining(alert);
		if (place !== null) session.explain(alert.subject, place.finding);
		void tell(`${sessionName(session.state)}: ${alert.message} ${alert.cause}`, place, showDashboard);
	});
}

/** An alert with the finding that explains it, where there is one. */
export function explained(alert: Alert): Alert {
	const place = explaining(alert);
	return place === null ? alert : { ...alert, finding: place.finding };
}

/** Opens the finding that explains an alert, if there still is one. */
export async function openExplanation(alert: Alert): Promise<void> {
	const place = explaining(alert);
	if (place !== null) await openSource(place.uri, place.range);
}

/** Where the sources explain an alert. */
interface Explanation {
	readonly uri: vscode.Uri;
	readonly range: vscode.Range;
	readonly finding: NonNullable<Alert["finding"]>;
}

async function tell(message: string, place: Explanation | null, showDashboard: () => void): Promise<void> {
	const open = place && vscode.l10n.t("Open {0}", `${place.finding.file}:${place.finding.line}`);
	const show = vscode.l10n.t("Show dashboard");
	const chosen = await vscode.window.showWarningMessage(message, ...(open === null ? [] : [open]), show);
	if (chosen === show) showDashboard();
	else if (chosen !== undefined && place !== null) await openSource(place.uri, place.range);
}

/** The first finding of the likeliest rule that has any. */
function explaining({ rules }: Alert): Explanation | null {
	const findings = reportedFindings();
	const found = rules.map((rule) => findings.find((finding) => finding.rule === rule)).find((finding) => finding !== undefined);
	if (found === undefined) return null;
	const { uri, rule } = found;
	const { range, message } = found.diagnostic;
	return { uri, range, finding: { rule, file: vscode.workspace.asRelativePath(uri), line: range.start.line + 1, message } };
}
