import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Analysis, openProject } from "../../../src/analysis/index.js";
import { RULES } from "../../../src/analysis/rules/index.js";
import { type DiskWorkspace, writeWorkspace } from "../../support/disk-workspace.js";
import { fixtureFiles } from "../../support/fixture-files.js";
import { mutate } from "../../support/mutate.js";
import { Random } from "../../support/random.js";

const FIXTURES = join(import.meta.dirname, "../../fixtures/rules");
const PER_FIXTURE = 60;

const fixtures = readdirSync(FIXTURES).map((name) => {
	const files = fixtureFiles(readFileSync(join(FIXTURES, name), "utf8"));
	return { rule: name.replace(/\.txt$/, ""), files };
});
const workspaces: DiskWorkspace[] = [];
afterAll(() => Promise.all(workspaces.map((workspace) => workspace.remove())));

async function open(files: ReadonlyMap<string, string>): Promise<{ root: string; project: Analysis }> {
	const workspace = await writeWorkspace(Object.fromEntries(files));
	workspaces.push(workspace);
	const project = openProject(workspace.root);
	await project.scan();
	return { root: workspace.root, project };
}

/** What a first scan finds on disk. */
async function coldFindings(root: string): Promise<string> {
	const project = openProject(root);
	await project.scan();
	return JSON.stringify(project.findings());
}

/** One to three slips of the keyboard. */
function slips(text: string, random: Random): string {
	let changed = text;
	for (let count = 1 + random.below(3); count > 0; count--) changed = mutate(changed, random);
	return changed;
}

it("makes a thousand mutations at least, and mutates a fixture of each rule", () => {
	expect(fixtures.map(({ rule }) => rule).sort()).toEqual(RULES.map(({ meta }) => meta.id).sort());
	expect(fixtures.length * PER_FIXTURE).toBeGreaterThanOrEqual(1_000);
});

describe.each(fixtures)("the fixture of $rule", ({ rule, files }) => {
	it("is one of its findings", async () => {
		const { project } = await open(files);
		expect(project.findings().map((finding) => finding.rule)).toContain(rule);
	});

	it("is followed as a cold scan sees it through each random mutation, and is as before when that is undone", async () => {
		const random = new Random(20_260_819 + rule.length);
		const { project } = await open(files);
		const { root: mirror } = await open(files);
		const before = JSON.stringify(project.findings());
		const mutated = [...files].filter(([file]) => !file.endsWith(".json"));
		for (let turn = 0; turn < PER_FIXTURE; turn++) {
			const [file, original] = random.pick(mutated);
			const text = slips(original, random);
			project.setText(file, text);
			await writeFile(join(mirror, file), text);
			const label = `turn ${turn}, ${file}, seed ${random.seed}:\n${text}`;
			expect(JSON.stringify(project.findings()), label).toBe(await coldFindings(mirror));
			project.setText(file, undefined);
			await writeFile(join(mirror, file), original);
			expect(JSON.stringify(project.findings()), `undone: ${label}`).toBe(before);
		}
	}, 60_000);
});
