import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULE_METAS } from "../src/analysis/rules/index.js";
import { newPage, withHeader } from "./lib/rule-page.js";

/** Writes the head of every rule's page from the rule's meta; pages that are missing are begun. */
for (const meta of RULE_METAS) {
	const path = join(import.meta.dirname, "..", "docs", "rules", `${meta.id}.md`);
	const before = existsSync(path) ? readFileSync(path, "utf8") : null;
	const after = before === null ? newPage(meta) : withHeader(before, meta);
	if (after === before) continue;
	writeFileSync(path, after);
	console.log(`Wrote docs/rules/${meta.id}.md`);
}
