import { describe, expect, it } from "vitest";
import { fingerprintsOf } from "../../../src/report/index.js";
import { finding } from "./findings.js";

const LINE = "const prisma = new PrismaClient();";

function fingerprintAt(text: string, lines: readonly number[], changes = {}): readonly string[] {
	const findings = lines.map((line) => finding({ line, ...changes }));
	const fingerprints = fingerprintsOf(findings, () => text);
	return findings.map((each) => fingerprints.get(each) ?? "");
}

describe("fingerprints", () => {
	it("stay when lines move, are indented otherwise or end otherwise", () => {
		const before = fingerprintAt(`${LINE}\n`, [1]);
		expect(before[0]).toMatch(/^[0-9a-f]{32}$/);
		expect(fingerprintAt(`// A comment\r\n\r\n\tconst prisma =  new PrismaClient();\r\n`, [3])).toEqual(before);
	});

	it("tell apart rules, files, lines of other words, and several alike", () => {
		const [first, second] = fingerprintAt(`${LINE}\n${LINE}\n`, [1, 2]);
		const others = [
			...fingerprintAt(LINE, [1], { rule: "client-per-call" }),
			...fingerprintAt(LINE, [1], { file: "src/guests.ts" }),
			...fingerprintAt("export default new PrismaClient();", [1]),
		];
		expect(new Set([first, second, ...others]).size).toBe(5);
	});

	it("do not rest on a password", () => {
		const url = (credentials: string): string => `DATABASE_URL=postgresql://${credentials}@db/hotel?connection_limit=20`;
		expect(fingerprintAt(url("app:one"), [1])).toEqual(fingerprintAt(url("app:two"), [1]));
	});

	it("are there for a file that cannot be read any more", () => {
		const lost = finding();
		expect(fingerprintsOf([lost], () => null).get(lost)).toMatch(/^[0-9a-f]{32}$/);
	});
});
