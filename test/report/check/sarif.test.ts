import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { fingerprintsOf, type SarifRule, sarifLog } from "../../../src/report/index.js";
import { checkReport, finding } from "./findings.js";

const RULES: readonly SarifRule[] = [
	{
		id: "multiple-clients",
		title: "Several clients",
		finds: "A client beside the shared one.",
		severity: "error",
		helpUri: "file:///docs/rules/multiple-clients.md",
		help: "# multiple-clients",
	},
];
const FINDINGS = [
	finding({ file: "src/a b/[id]#1.ts", line: 4, endLine: 4, column: 16, endColumn: 28 }),
	finding({
		severity: "hint",
		estimate: { megabytes: [3, 4], connections: 10, source: "measured on Prisma 7" },
		related: [{ file: "src/prisma.ts", line: 2, column: 1, endLine: 2, endColumn: 9, message: "The shared client." }],
	}),
];

function log(unread: readonly { file: string; reason: string }[] = []) {
	const report = { ...checkReport(FINDINGS), unread };
	return sarifLog(report, { version: "0.1.0", rules: RULES, fingerprints: fingerprintsOf(FINDINGS, () => "x"), pathOf: (file) => file });
}

/** The schema as OASIS publishes it, which @microsoft/jest-sarif ships. */
function validate(value: unknown): readonly unknown[] {
	const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
	addFormats(ajv);
	const isValid = ajv.compile(schema);
	isValid(value);
	return isValid.errors ?? [];
}

describe("sarif", () => {
	it("is valid by the official schema, which does refuse what is not", () => {
		expect(validate(log([{ file: "src/data.ts", reason: "It is larger than 1.5 MB." }]))).toEqual([]);
		expect(validate({ ...log(), version: "2.0.0" })).not.toEqual([]);
	});

	it("says each finding's rule, level, place and fingerprint", () => {
		const [run] = log().runs;
		expect(run?.results).toMatchObject([
			{
				ruleId: "multiple-clients",
				ruleIndex: 0,
				level: "error",
				locations: [
					{
						physicalLocation: {
							artifactLocation: { uri: "src/a%20b/%5Bid%5D%231.ts", uriBaseId: "%SRCROOT%" },
							region: { startLine: 4, startColumn: 16, endLine: 4, endColumn: 28 },
						},
					},
				],
			},
			{ level: "note", relatedLocations: [{ message: { text: "The shared client." } }], properties: { estimate: { connections: 10 } } },
		]);
		for (const { partialFingerprints } of run?.results ?? []) expect(partialFingerprints["prismaLeakLens/v1"]).toMatch(/^[0-9a-f]{32}$/);
	});

	it("names no place of the machine's own", () => {
		expect(JSON.stringify(log().runs.map(({ originalUriBaseIds, results }) => [originalUriBaseIds, results]))).not.toContain("/app");
	});
});
