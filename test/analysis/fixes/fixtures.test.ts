import { describe, expect, it } from "vitest";
import { FIX_KINDS } from "../../../src/analysis/fixes/index.js";
import { type Fixture, KINDS, readFixtures } from "./fixture.js";
import { scan } from "./scan.js";
import { typeErrors } from "./type-check.js";
import { apply } from "./workspace.js";

/** Those that plan together have a test of their own for what they make. */
const ids = Object.entries(FIX_KINDS).flatMap(([id, kind]) => (kind.planAll ? [] : [id]));

it.each(Object.keys(FIX_KINDS))("%s has a fixture for each language and kind of module", (id) => {
	expect([...new Set(readFixtures(id).map(({ kind }) => kind))]).toEqual(KINDS);
});

async function fixed(fix: string, before: ReadonlyMap<string, string>) {
	const { outcome, refused } = (await scan(before)).fixAll({ fix }, { kind: "workspace" });
	if (outcome.kind === "refused") throw new Error([outcome.reason, ...refused.map(({ reason }) => reason)].join("\n"));
	return { fix: outcome.fix, refused, after: apply(before, outcome.fix.changes) };
}

function withCrlf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	return new Map([...files].map(([file, text]) => [file, text.replaceAll("\n", "\r\n")]));
}

describe.each(ids)("%s", (id) => {
	const fixtures = readFixtures(id);

	describe.each(fixtures)("$name", (fixture) => {
		it("makes the expected change, which leaves nothing to fix", async () => {
			const { fix, refused, after } = await fixed(id, fixture.before);
			expect(Object.fromEntries(after)).toEqual(Object.fromEntries([...fixture.before, ...fixture.after]));
			if (fixture.title !== null) expect(fix.title).toBe(fixture.title);
			expect(fix.notes).toEqual(fixture.notes);
			const reasons = refused.map(({ reason }) => reason);
			expect(reasons).toEqual(fixture.refused.map((reason) => expect.stringContaining(reason)));

			const again = await scan(after);
			expect(again.findings().filter(({ fixes }) => fixes.includes(id))).toHaveLength(reasons.length);
			expect(again.fixAll({ fix: id }, { kind: "workspace" }).outcome.kind).toBe("refused");
		});

		it("makes it with Windows line ends too", async () => {
			const { after } = await fixed(id, withCrlf(fixture.before));
			expect(Object.fromEntries(after)).toEqual(Object.fromEntries(withCrlf(new Map([...fixture.before, ...fixture.after]))));
		});
	});

	it("makes code that type-checks, as it did before", () => {
		const check = (filesOf: (fixture: Fixture) => ReadonlyMap<string, string>) =>
			typeErrors(
				fixtures.map((fixture) => ({ fixture, files: filesOf(fixture) })),
				{ unused: false },
			);
		expect(check(({ before }) => before)).toEqual([]);
		expect(check(({ before, after }) => new Map([...before, ...after]))).toEqual([]);
	}, 120_000);
});
