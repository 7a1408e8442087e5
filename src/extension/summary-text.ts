import { l10n } from "vscode";
import type { AnalysisSummary } from "../protocol/index.js";
import { errorsText, filesText, leaksText, notesText, warningsText } from "./quantities.js";

/** What the status bar says of the analysis, and what its tooltip adds. */
export function describeSummary(summary: AnalysisSummary): { readonly text: string; readonly detail: string } {
	const name = l10n.t("Prisma leaks");
	switch (summary.state) {
		case "scanning":
			return { text: `$(sync~spin) ${name}`, detail: l10n.t("Prisma leaks: the workspace is being read") };
		case "failed":
			return { text: `$(search-stop) ${name}`, detail: l10n.t('Prisma leaks: the scan failed. See "Prisma Leak Lens: Show log".') };
		case "idle":
			return {
				text: `$(search-stop) ${name}`,
				detail: l10n.t('Prisma leaks: not scanned. Run "Prisma Leak Lens: Check workspace".'),
			};
		case "ready": {
			const leaks = summary.errors + summary.warnings + summary.infos;
			return {
				text: `$(search) ${leaks === 0 ? l10n.t("No Prisma leaks") : leaksText(leaks)}`,
				detail: l10n.t("Prisma leaks: {0} in {1}", countFindings(summary), filesText(summary.files)),
			};
		}
	}
}

/** "2 errors, 1 warning"; "none" without findings. Hints are no problems and do not count. */
export function countFindings({ errors, warnings, infos }: AnalysisSummary): string {
	const parts = [
		errors > 0 ? errorsText(errors) : null,
		warnings > 0 ? warningsText(warnings) : null,
		infos > 0 ? notesText(infos) : null,
	].filter((part) => part !== null);
	return parts.length === 0 ? l10n.t("none") : parts.join(", ");
}
