import { expect, it } from "vitest";
import { unfoundSites } from "../../../src/extension/views/unfound-sites.js";

const verdict = (file: string, created: number, uri: string | null, rule: string | null = null) => ({
	file,
	line: 3,
	created,
	live: 1,
	uri,
	rule,
});

it("sites that no finding explains are listed, the most clients first; a client that was made once may be the shared one", () => {
	const verdicts = [
		verdict("/app/a.ts", 4, "file:///work/a.ts"),
		verdict("/app/b.ts", 9, null),
		verdict("/app/shared.ts", 1, "file:///work/shared.ts"),
		verdict("/app/found.ts", 20, "file:///work/found.ts", "client-per-call"),
	];
	expect(unfoundSites(verdicts)).toEqual([
		{ file: "/app/b.ts", uri: null, line: 3, created: 9, live: 1, rule: null },
		{ file: "/app/a.ts", uri: "file:///work/a.ts", line: 3, created: 4, live: 1, rule: null },
	]);
	expect(unfoundSites([])).toEqual([]);
});
