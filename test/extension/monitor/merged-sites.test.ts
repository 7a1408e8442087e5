import { expect, it } from "vitest";
import { mergedSites } from "../../../src/extension/monitor/merged-sites.js";

const site = (file: string, line: number, created: number, live: number) => ({ file, line, created, live });

it("sites of several processes are one entry for each line, those that made most first", () => {
	const merged = mergedSites([site("/a.ts", 3, 1, 1), site("/b.ts", 3, 2, 0), site("/a.ts", 3, 4, 2), site("/a.ts", 9, 1, 1)]);
	expect(merged).toEqual([site("/a.ts", 3, 5, 3), site("/b.ts", 3, 2, 0), site("/a.ts", 9, 1, 1)]);
});
