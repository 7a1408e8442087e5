import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listed, newRuleFiles, registered } from "./lib/rule-scaffold.js";

/** `npm run new-rule -- <id>`: begins a rule with its page and its test, and registers it. */
const root = join(import.meta.dirname, "..");
const id = process.argv[2] ?? "";
if (!/^[a-z]+(-[a-z]+)*$/.test(id)) {
	console.error("Name the rule in lower case with hyphens: npm run new-rule -- idle-client");
	process.exit(1);
}
const files = newRuleFiles(id);
const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (taken.length > 0) {
	console.error(`There already is ${taken.join(" and ")}. Choose another name, or edit those.`);
	process.exit(1);
}
const index = join(root, "src/analysis/rules/index.ts");
for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
const ids = join(root, "src/config/rule-ids.ts");
writeFileSync(index, registered(readFileSync(index, "utf8"), id));
writeFileSync(ids, listed(readFileSync(ids, "utf8"), id));
spawnSync("npx", ["biome", "check", "--write", index, ids], { cwd: root, stdio: "inherit" });
console.log(
	`Began ${Object.keys(files).join(", ")} and registered the rule. Fill in meta, then run npm run rule-docs and npm run settings.`,
);
