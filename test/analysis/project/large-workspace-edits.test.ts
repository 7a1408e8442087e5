import { expect, it } from "vitest";
import { generatedFiles } from "../../bench/workspace.js";
import { Random } from "../../support/random.js";
import { EditedWorkspace } from "./support/edited-workspace.js";
import { randomEdit } from "./support/random-edits.js";

const EDITS = 60;
const COLD_SCANS = 5;
const SEED = 4_000;

it(`follows ${EDITS} random edits of a workspace of 4,000 files as a cold scan sees them, seed ${SEED}`, async () => {
	const random = new Random(SEED);
	const barrel = ["src/lib/prisma.ts", 'export { prisma } from "./db.js";\n'] as const;
	const workspace = await EditedWorkspace.open(new Map([...generatedFiles(), barrel]));
	const made: string[] = [];
	try {
		for (let turn = 1; turn <= EDITS; turn++) {
			made.push(await randomEdit(workspace, random));
			if (random.chance(0.5)) workspace.ask();
			if (turn % (EDITS / COLD_SCANS) > 0) continue;
			expect(await workspace.differences(), `seed ${SEED}, after:\n${made.join("\n")}`).toEqual([]);
		}
	} finally {
		await workspace.remove();
	}
}, 240_000);
