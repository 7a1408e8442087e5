import { expect, it } from "vitest";
import { patternsOfFilesExclude } from "../../src/config/index.js";

it("reads VS Code's files.exclude as patterns of .gitignore", () => {
	const setting = { "**/.git": true, legacy: true, "src/*.gen.ts": true, "/top": true, kept: false, "**/*.js": { when: "$(basename).ts" } };
	expect(patternsOfFilesExclude(setting)).toEqual(["**/.git", "/legacy", "/src/*.gen.ts", "/top"]);
	for (const nothing of [null, undefined, [], "legacy"]) expect(patternsOfFilesExclude(nothing)).toEqual([]);
});
