import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";
import { mutate } from "../../support/mutate.js";
import { Random } from "../../support/random.js";

const EXAMPLE = join(import.meta.dirname, "../../../examples/leaky-hotel");
const MUTATIONS = 300;

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
		const random = new Random(20_260_819);
		const before = JSON.stringify(project.findings());
		const files = [...texts.keys()];
		for (let turn = 0; turn < MUTATIONS; turn++) {
			const file = random.pick(files);
			const text = mutate(texts.get(file) ?? "", random);
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
