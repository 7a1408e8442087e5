import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, type Files } from "./support.js";

/**
 * Small workspaces as repositories have them, with what is to be found in them: `### form`, then files, each below `=== path`. A line that
 * ends in `// !rule, !rule` (`# !rule` in env files) is found by these rules; nothing else may be found but hints.
 */
const FORMS = join(import.meta.dirname, "../fixtures/forms");

interface Form {
	readonly title: string;
	readonly files: Files;
	readonly expected: readonly string[];
}

for (const file of readdirSync(FORMS)) {
	describe(basename(file, ".txt"), () => {
		it.each(formsIn(readFileSync(join(FORMS, file), "utf8")))("$title", async ({ files, expected }) => {
			const findings = await check(files);
			const found = findings.map(({ file, line, rule, severity }) => ({ at: `${file}:${line} ${rule}`, isHint: severity === "hint" }));
			const counted = found.filter(({ at, isHint }) => !isHint || expected.includes(at)).map(({ at }) => at);
			expect([...new Set(counted)].sort()).toEqual([...expected].sort());
		});
	});
}

function formsIn(text: string): Form[] {
	return text
		.split(/^### /m)
		.slice(1)
		.map((form) => {
			const [title = "", ...files] = form.split(/^=== /m);
			const marked = files.map(readMarked);
			return {
				title: title.trim(),
				files: Object.fromEntries(marked.map(({ path, text }) => [path, text])),
				expected: marked.flatMap(({ expected }) => expected),
			};
		});
}

function readMarked(part: string): { readonly path: string; readonly text: string; readonly expected: readonly string[] } {
	const [path = "", ...lines] = part.split("\n");
	const expected = lines.flatMap((line, index) => {
		const mark = MARK.exec(line)?.[0] ?? "";
		return [...mark.matchAll(/![\w-]+/g)].map(([rule]) => `${path}:${index + 1} ${rule.slice(1)}`);
	});
	return { path, text: lines.map((line) => line.replace(MARK, "")).join("\n"), expected };
}

const MARK = /\s*(?:\/\/|#)(?:\s*![\w-]+,?)+\s*$/;
