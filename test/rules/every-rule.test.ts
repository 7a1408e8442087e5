import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pageHeader } from "../../scripts/lib/rule-page.js";
import { listed, newRuleFiles, registered, ruleName } from "../../scripts/lib/rule-scaffold.js";
import { RULE_METAS, RULES } from "../../src/analysis/rules/index.js";
import { RULE_IDS } from "../../src/config/index.js";

const ROOT = join(import.meta.dirname, "../..");

describe("every rule", () => {
	it.each(RULES.map(({ meta }) => meta.id))("%s has a file, a page and a test of its name", (id) => {
		for (const path of [`src/analysis/rules/${id}.ts`, `docs/rules/${id}.md`, `test/rules/${id}.test.ts`])
			expect(existsSync(join(ROOT, path)), path).toBe(true);
	});

	it.each(RULE_METAS.map((meta) => [meta.id, meta] as const))("%s has its meta at the head of its page (npm run rule-docs)", (id, meta) => {
		expect(readFileSync(join(ROOT, `docs/rules/${id}.md`), "utf8").startsWith(pageHeader(meta))).toBe(true);
	});

	it("has an id of its own", () => {
		expect(new Set(RULES.map(({ meta }) => meta.id)).size).toBe(RULES.length);
	});

	it("can be named in the settings", () => {
		expect(RULE_METAS.map(({ id }) => id).sort()).toEqual([...RULE_IDS].sort());
	});

	it("is registered where it has a page", () => {
		const pages = readdirSync(join(ROOT, "docs/rules")).map((name) => name.replace(/\.md$/, ""));
		expect(pages.sort()).toEqual(RULE_METAS.map(({ id }) => id).sort());
	});
});

describe("a new rule", () => {
	it("comes with a file, a page and a test", () => {
		const files = newRuleFiles("idle-client");
		expect(Object.keys(files)).toEqual([
			"src/analysis/rules/idle-client.ts",
			"docs/rules/idle-client.md",
			"test/rules/idle-client.test.ts",
		]);
		expect(files["src/analysis/rules/idle-client.ts"]).toContain("export const idleClient: Rule");
	});

	it("is added to the list", () => {
		const index = 'import { a } from "./a.js";\n\nexport const RULES: readonly Rule[] = [a];\n';
		expect(registered(index, "idle-client")).toBe(
			'import { idleClient } from "./idle-client.js";\nimport { a } from "./a.js";\n\nexport const RULES: readonly Rule[] = [a, idleClient];\n',
		);
		expect(listed('export const RULE_IDS = ["a"] as const;\n', "idle-client")).toBe(
			'export const RULE_IDS = ["a",\n\t"idle-client",\n] as const;\n',
		);
		expect(ruleName("a-b-c")).toBe("aBC");
	});
});
