import { describe, expect, it } from "vitest";
import { countFindings, describeSummary } from "../../src/extension/summary-text.js";
import type { AnalysisSummary } from "../../src/protocol/index.js";

const READY: AnalysisSummary = { state: "ready", files: 1_212, errors: 2, warnings: 1, infos: 0, hints: 9 };

describe("describeSummary", () => {
	it("counts problems, not hints, over all files", () => {
		expect(describeSummary(READY)).toEqual({
			text: "$(search) 3 Prisma leaks",
			detail: "Prisma leaks: 2 errors, 1 warning in 1,212 files",
		});
	});

	it("says so when there are none", () => {
		expect(countFindings({ ...READY, errors: 0, warnings: 0 })).toBe("none");
	});

	it("says what to do when nothing is known", () => {
		for (const state of ["idle", "failed"] as const) expect(describeSummary({ ...READY, state }).detail).toContain("Prisma Leak Lens: ");
	});
});
