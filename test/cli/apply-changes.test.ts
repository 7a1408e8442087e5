import { describe, expect, it } from "vitest";
import { applyChanges } from "../../src/cli/apply-changes.js";
import type { TextChange } from "../../src/protocol/index.js";

function change(line: number, column: number, endLine: number, endColumn: number, newText: string): TextChange {
	return { range: { line, column, endLine, endColumn }, newText };
}

describe("applyChanges", () => {
	it("takes every position in the text as it was, whatever the order of the changes", () => {
		const text = "one\ntwo\nthree\n";
		const changes = [change(3, 1, 3, 6, "3"), change(1, 1, 1, 4, "first"), change(2, 1, 3, 1, "")];
		expect(applyChanges(text, changes)).toBe("first\n3\n");
	});

	it("puts an insertion before what is replaced at the same place", () => {
		expect(applyChanges("ab", [change(1, 1, 1, 2, "x"), change(1, 1, 1, 1, "import;\n")])).toBe("import;\nxb");
	});

	it("counts lines that end in CRLF, LF or CR, and columns in UTF-16 code units", () => {
		expect(applyChanges("a\r\nb\rc\n🐘d", [change(4, 3, 4, 4, "!"), change(2, 1, 2, 2, "B"), change(3, 1, 3, 2, "C")])).toBe(
			"a\r\nB\rC\n🐘!",
		);
	});

	it("refuses changes that overlap rather than garble the text", () => {
		expect(() => applyChanges("abcdef", [change(1, 1, 1, 4, ""), change(1, 3, 1, 5, "")])).toThrow(RangeError);
	});
});
