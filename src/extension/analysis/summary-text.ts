import type { AnalysisSummary } from "../../protocol/index.js";

/** What a status item says about the analysis. */
export function describeSummary(summary: AnalysisSummary): { readonly text: string; readonly detail: string } {
	switch (summary.state) {
		case "scanning":
			return { text: "Prisma leaks: scanning", detail: "" };
		case "failed":
			return { text: "Prisma leaks: the scan failed", detail: 'See "Prisma Leak Lens: Show log".' };
		case "idle":
			return { text: "Prisma leaks: not scanned", detail: 'Run "Prisma Leak Lens: Check workspace".' };
		case "ready":
			return { text: `Prisma leaks: ${countFindings(summary)}`, detail: `in ${plural(summary.files, "file")}` };
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

export function plural(count: number, noun: string): string {
	return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
