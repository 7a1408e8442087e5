import { expect, it } from "vitest";
import { unfoundSites } from "../../../src/extension/views/unfound-sites.js";

const site = (file: string, created: number) => ({ file, line: 3, created, live: 1 });

it("sites that no finding explains are listed, the most clients first; a client that was made once may be the shared one", () => {
	const sites = [site("/app/a.ts", 4), site("/app/b.ts", 9), site("/app/shared.ts", 1), site("/app/found.ts", 20)];
	const verdicts = [
		{ uri: "file:///work/a.ts", line: 3, rule: null, message: null },
		{ uri: null, line: 3, rule: null, message: null },
		{ uri: "file:///work/shared.ts", line: 3, rule: null, message: null },
		{ uri: "file:///work/found.ts", line: 5, rule: "client-per-call", message: "…" },
	];
	expect(unfoundSites({ at: 0, sites }, verdicts)).toEqual([
		{ file: "/app/b.ts", uri: null, line: 3, created: 9, live: 1 },
		{ file: "/app/a.ts", uri: "file:///work/a.ts", line: 3, created: 4, live: 1 },
	]);
	expect(unfoundSites({ at: 0, sites }, [])).toEqual([]);
});
