import { afterAll, describe, expect, it } from "vitest";
import { planUseSingleton, planUseSingletonAll } from "../../../src/analysis/fixes/index.js";
import { readSingletonFixtures } from "./fixture.js";
import { typeErrors } from "./type-check.js";
import { apply, creations, TestWorkspace } from "./workspace.js";

const fixtures = readSingletonFixtures();
const applied = new Map<string, ReadonlyMap<string, string>>();

describe.each(fixtures)("$name", (fixture) => {
	let test: TestWorkspace;
	afterAll(() => test.close());

	it("makes the expected change", async () => {
		test = await TestWorkspace.open(fixture.before);
		const { repair, refused } = planUseSingletonAll(test.requests(fixture));
		expect(refused.map(({ reason }) => reason)).toEqual([]);
		const after = apply(fixture.before, repair?.changes ?? []);
		applied.set(fixture.name, after);
		for (const [file, text] of fixture.before) expect(after.get(file), file).toBe(fixture.after.get(file) ?? text);
		for (const [file, text] of fixture.after) expect(after.get(file), file).toBe(text);
		expect([...after.keys()].sort()).toEqual([...new Set([...fixture.before.keys(), ...fixture.after.keys()])].sort());
		if (fixture.title !== null) expect(repair?.title).toBe(fixture.title);
		expect(repair?.notes).toEqual(fixture.notes);
	});

	it("makes it with Windows line ends too", async () => {
		const crlf = (files: ReadonlyMap<string, string>) => new Map([...files].map(([file, text]) => [file, text.replaceAll("\n", "\r\n")]));
		const before = crlf(fixture.before);
		const workspace = await TestWorkspace.open(before);
		const { repair } = planUseSingletonAll(workspace.requests(fixture));
		workspace.close();
		const after = apply(before, repair?.changes ?? []);
		for (const [file, text] of crlf(fixture.after)) expect(after.get(file), file).toBe(text);
	});

	it("leaves no client to replace", async () => {
		const after = applied.get(fixture.name) ?? new Map<string, string>();
		for (const file of fixture.fix.filter((candidate) => candidate !== fixture.shared?.file)) {
			expect(creations(file, after.get(file) ?? "", fixture.classes), file).toEqual([]);
		}
	});

	it("makes the same change one client at a time", async () => {
		let files = fixture.before;
		let { shared } = fixture;
		for (let step = 0; ; step++) {
			const workspace = await TestWorkspace.open(files);
			const [request] = workspace.requests({ ...fixture, shared });
			const repair = request && planUseSingleton(request);
			workspace.close();
			if (!repair) break;
			files = apply(files, repair.changes);
			const created = repair.changes.find((change) => change.kind === "create");
			if (created) shared = { file: created.file, exportName: "prisma", call: null };
			expect(step).toBeLessThan(10);
		}
		// Whichever client takes the old import's place decides where the new one stands.
		const sorted = (text: string | undefined): string[] => (text ?? "").split("\n").sort();
		for (const [file, text] of fixture.after) expect(sorted(files.get(file)), file).toEqual(sorted(text));
	});
});

describe("use-singleton's results", () => {
	it("are checked by a compiler that sees errors and what is left unused", () => {
		const [fixture] = fixtures;
		if (!fixture) throw new Error("There are no fixtures.");
		const files = new Map([
			["src/bad.ts", `import { PrismaClient } from "@prisma/client";\nimport { prisma } from "./nowhere.js";\nprisma.x();`],
		]);
		expect(typeErrors([{ fixture, files }], { unused: true })).toEqual([
			expect.stringMatching(/bad\.ts:1 'PrismaClient' is declared but its value is never read/),
			expect.stringMatching(/bad\.ts:2 Cannot find module/),
		]);
	});

	it("type-check, and use what they import", () => {
		expect(
			typeErrors(
				fixtures.map((fixture) => ({ fixture, files: fixture.before })),
				{ unused: false },
			),
		).toEqual([]);
		expect(
			typeErrors(
				fixtures.map((fixture) => ({ fixture, files: applied.get(fixture.name) ?? new Map() })),
				{ unused: true },
			),
		).toEqual([]);
	}, 120_000);
});
