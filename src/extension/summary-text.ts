import { type AnalysisSummary, plural } from "../protocol/index.js";

/** What the status bar says of the analysis, and what its tooltip adds. */
export function describeSummary(summary: AnalysisSummary): { readonly text: string; readonly detail: string } {
	switch (summary.state) {
		case "scanning":
			return { text: "$(sync~spin) Prisma leaks", detail: "Prisma leaks: the workspace is being read" };
		case "failed":
			return { text: "$(search-stop) Prisma leaks", detail: 'Prisma leaks: the scan failed. See "Prisma Leak Lens: Show log".' };
		case "idle":
			return { text: "$(search-stop) Prisma leaks", detail: 'Prisma leaks: not scanned. Run "Prisma Leak Lens: Check workspace".' };
		case "ready": {
			const leaks = summary.errors + summary.warnings + summary.infos;
			return {
				text: leaks === 0 ? "$(search) No Prisma leaks" : `$(search) ${plural(leaks, "Prisma leak")}`,
				detail: `Prisma leaks: ${countFindings(summary)} in ${plural(summary.files, "file")}`,
			};
		}
	}
}

/** "2 errors, 1 warning"; "none" without findings. Hints are no problems and do not count. */
export function countFindings({ errors, warnings, infos }: AnalysisSummary): string {
	const parts = [
		errors > 0 ? plural(errors, "error") : null,
		warnings > 0 ? plural(warnings, "warning") : null,
		infos > 0 ? plural(infos, "note") : null,
	].filter((part) => part !== null);
	return parts.length === 0 ? "none" : parts.join(", ");
}
