import { describe, expect, it } from "vitest";
import { confirmSites, withEvidence } from "../../src/evidence/index.js";
import type { Finding, SeenSite } from "../../src/protocol/index.js";

const finding = (line: number, rule = "client-per-call", endLine = line): Finding => ({
	rule,
	severity: "error",
	file: "src/a.ts",
	line,
	column: 1,
	endLine,
	endColumn: 9,
	message: "",
	related: [],
	fixes: [],
});

const site = (line: number, live = 3): SeenSite => ({ file: "/app/src/a.ts", line, created: live + 1, live });

const lines = (sites: readonly SeenSite[], findings: readonly Finding[]) =>
	confirmSites(sites, findings).map(({ finding: found }) => found && [found.rule, found.line]);

describe("a site confirms", () => {
	it("the finding on its line, and one that spans it", () => {
		expect(lines([site(7), site(22)], [finding(7), finding(20, "multiple-clients", 24)])).toEqual([
			["client-per-call", 7],
			["multiple-clients", 20],
		]);
	});

	it("the nearest one within three lines, where the source was edited since", () => {
		expect(lines([site(10)], [finding(6), finding(12)])).toEqual([["client-per-call", 12]]);
		expect(lines([site(10)], [finding(14)])).toEqual([null]);
	});

	it("none that another site stands on: its client is a miss", () => {
		expect(lines([site(7), site(9)], [finding(7)])).toEqual([["client-per-call", 7], null]);
	});

	it("what is said of the client, not of its pool", () => {
		expect(lines([site(7)], [finding(7, "pool-timeouts"), finding(7, "missing-disconnect"), finding(7)])).toEqual([["client-per-call", 7]]);
	});
});

describe("findings with evidence", () => {
	it("carry the sum of the sites they explain; all others stay the same objects", () => {
		const findings = [finding(7), finding(30), { ...finding(7), file: "src/b.ts" }];
		const shown = withEvidence(findings, new Map([["src/a.ts", [site(7, 2), site(7, 3)]]]), 1_000);
		expect(shown[0]?.evidence).toEqual({ live: 5, created: 7, at: 1_000 });
		expect(shown[1]).toBe(findings[1]);
		expect(shown[2]).toBe(findings[2]);
	});
});
