import type { CheckReport, Finding } from "../../../src/protocol/index.js";
import { severityCounts } from "../../../src/protocol/index.js";

export function finding(changes: Partial<Finding> = {}): Finding {
	return {
		rule: "multiple-clients",
		severity: "error",
		file: "src/rooms.ts",
		line: 1,
		column: 1,
		endLine: 1,
		endColumn: 5,
		message: "A second client.",
		related: [],
		fixes: [],
		...changes,
	};
}

export function checkReport(findings: readonly Finding[]): CheckReport {
	return {
		version: 1,
		root: "/app",
		prisma: [],
		findings,
		unread: [],
		summary: { files: 1, packages: 1, analysed: 1, suppressed: 0, ...severityCounts(findings) },
		timing: {},
	};
}
