import { newPage } from "./rule-page.js";

/** `idle-client` → `idleClient`. */
export function ruleName(id: string): string {
	return id.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The files of a new rule, by path from the repository's root. */
export function newRuleFiles(id: string): Readonly<Record<string, string>> {
	const meta = { id, title: "What is wrong, in a few words", finds: "What it finds, in one sentence.", severity: "warning" } as const;
	return {
		[`src/analysis/rules/${id}.ts`]: `import type { Rule } from "./types.js";

export const ${ruleName(id)}: Rule = {
	meta: {
		id: "${id}",
		title: "${meta.title}",
		finds: "${meta.finds}",
		severity: "${meta.severity}",
	},
	*check(_model) {},
};
`,
		[`docs/rules/${id}.md`]: newPage(meta),
		[`test/rules/${id}.test.ts`]: `import { describe, expect, it } from "vitest";
import { check, type Files, places } from "./support.js";

const found = async (files: Files): Promise<readonly string[]> => places(await check(files), "${id}");

describe("${id}", () => {
	it("finds the plainest form", async () => {
		expect(await found({ "src/server.ts": "" })).toEqual(["src/server.ts:1"]);
	});
});
`,
	};
}

/** The text of the settings' list of rules with one rule more. */
export function listed(ids: string, id: string): string {
	const end = /,?\s*\] as const;/;
	if (!end.test(ids)) throw new Error("src/config/rule-ids.ts has no list `RULE_IDS` to add the rule to.");
	return ids.replace(end, `,\n\t"${id}",\n] as const;`);
}

/** The text of the rules' index with one rule more. */
export function registered(index: string, id: string): string {
	const name = ruleName(id);
	const list = /(export const RULES: readonly Rule\[\] = \[)([^\]]*)(\];)/;
	if (!list.test(index)) throw new Error("src/analysis/rules/index.ts has no list `RULES` to add the rule to.");
	const withRule = index.replace(list, (_match, open: string, items: string, close: string) => {
		const names = items
			.split(",")
			.map((item) => item.trim())
			.filter((item) => item !== "");
		return `${open}${[...names, name].join(", ")}${close}`;
	});
	return `import { ${name} } from "./${id}.js";\n${withRule}`;
}
