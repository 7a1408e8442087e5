import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SCHEMA_FILE } from "../../scripts/lib/setting-contributions.js";
import { settingFiles } from "../../scripts/lib/setting-files.js";
import { SETTINGS } from "../../src/config/index.js";

const read = (path: string): string => readFileSync(path, "utf8");
const wanted = settingFiles(read);

it.each(["package.json", "package.nls.json", SCHEMA_FILE])("%s says what the schema of settings says (npm run settings)", (path) => {
	expect(JSON.parse(read(path))).toEqual(JSON.parse(wanted[path] ?? ""));
});

it("the README has a row for every setting (npm run settings)", () => {
	expect(read("README.md")).toBe(wanted["README.md"]);
	for (const { name } of Object.values(SETTINGS)) expect(wanted["README.md"]).toContain(`| \`${name}\` |`);
});
