import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";

const EXAMPLE = join(import.meta.dirname, "../../../examples/leaky-hotel");
const MUTATIONS = 300;

/** A small generator with a seed, so that a failure can be run again. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return state / 4_294_967_296;
	};
}

/** Deletes, doubles or swaps tokens, as typing and pasting do. */
function mutate(text: string, next: () => number): string {
	const tokens = text.split(/(\s+|\b)/);
	const at = Math.floor(next() * tokens.length);
	const kind = Math.floor(next() * 3);
	const token = tokens[at] ?? "";
	if (kind === 0) tokens.splice(at, 1);
	else if (kind === 1) tokens.splice(at, 0, token);
	else tokens.splice(at, 2, tokens[at + 1] ?? "", token);
	return tokens.join("");
}

describe("edits on the example", () => {
	let root: string;
	let project: Analysis;
	const texts = new Map<string, string>();

	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		await cp(EXAMPLE, root, { recursive: true, filter: (path) => !path.includes("node_modules") && !path.includes("generated") });
		for (const entry of await readdir(join(root, "src"), { recursive: true })) {
			const path = `src/${entry.split("\\").join("/")}`;
			if (path.endsWith(".ts")) texts.set(path, await readFile(join(root, path), "utf8"));
		}
		project = openProject(root);
		await project.scan();
	});
	afterAll(() => rm(root, { recursive: true, force: true }));

	it("finds leaks to begin with", () => {
		expect(project.findings().length).toBeGreaterThan(5);
	});

	it(`gives the same as a cold scan after each of ${MUTATIONS} random mutations, and the same as before when they are undone`, async () => {
		const next = random(20_260_819);
		const before = JSON.stringify(project.findings());
		const files = [...texts.keys()];
		for (let turn = 0; turn < MUTATIONS; turn++) {
			const file = files[Math.floor(next() * files.length)] ?? "";
			const text = mutate(texts.get(file) ?? "", next);
			project.setText(file, text);
			const incremental = JSON.stringify(project.findings());
			if (turn % 10 === 0) {
				const fresh = openProject(root);
				await fresh.scan();
				fresh.setText(file, text);
				expect(incremental, `turn ${turn}, ${file}`).toBe(JSON.stringify(fresh.findings()));
			}
			project.setText(file, undefined);
			expect(JSON.stringify(project.findings()), `undone turn ${turn}, ${file}`).toBe(before);
		}
	}, 120_000);
});
