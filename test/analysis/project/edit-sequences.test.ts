import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Random } from "../../support/random.js";
import { EditedWorkspace } from "./support/edited-workspace.js";
import { randomEdit } from "./support/random-edits.js";

const EXAMPLE = join(import.meta.dirname, "../../../examples/leaky-hotel");
const EDITS = 60;

async function exampleFiles(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const path of await readdir(EXAMPLE, { recursive: true })) {
		const file = path.split("\\").join("/");
		if (/(^|\/)(node_modules|generated)(\/|$)/.test(file) || !/\.(ts|prisma|json|gitignore|example)$/.test(file)) continue;
		files.set(file, await readFile(join(EXAMPLE, file), "utf8"));
	}
	return files;
}

describe("random edits of the example, on disk and in the editor", () => {
	it.each([1, 2, 3, 4, 5, 6])(
		"are followed as a cold scan sees them, seed %i",
		async (seed) => {
			const random = new Random(seed);
			const workspace = await EditedWorkspace.open(await exampleFiles());
			const made: string[] = [];
			try {
				for (let turn = 0; turn < EDITS; turn++) {
					made.push(await randomEdit(workspace, random));
					if (random.chance(0.3)) continue;
					workspace.ask();
					if (random.chance(0.3)) continue;
					expect(await workspace.differences(), `seed ${seed}, after:\n${made.join("\n")}`).toEqual([]);
				}
			} finally {
				await workspace.remove();
			}
		},
		120_000,
	);
});
