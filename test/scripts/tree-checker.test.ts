import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TreeChecker } from "../../scripts/lib/tree-checker.js";

const USERS = `import { PrismaClient } from "@prisma/client";
import { missing } from "not-installed";
const prisma = new PrismaClient();
export const bookings = () => prisma.booking.findMany({ where: missing });
`;

describe("TreeChecker", () => {
	let root: string;
	let checker: TreeChecker;

	beforeAll(async () => {
		root = mkdtempSync(join(tmpdir(), "leak-lens-tree-"));
		const files = { "package.json": `{ "name": "app" }`, "src/users.ts": USERS, "src/db.ts": "export const ready = true;\n" };
		for (const [file, text] of Object.entries(files)) {
			mkdirSync(dirname(join(root, file)), { recursive: true });
			writeFileSync(join(root, file), text);
		}
		checker = await TreeChecker.open(root);
	}, 180_000);
	afterAll(() => rmSync(root, { recursive: true }));

	const problems = (after: string) => checker.problems(new Map([["src/users.ts", { before: USERS, after }]]));

	it("finds nothing wrong with what was wrong before", () => {
		expect(problems(USERS)).toEqual([]);
		expect(problems(`${USERS}import { ready } from "./db.js";\nexport const both = [ready, bookings];\n`)).toEqual([]);
	}, 180_000);

	it.each([
		["a syntax error", USERS.replace("=>", "="), "src/users.ts does not parse"],
		[
			"an import that leads nowhere",
			`${USERS}import { ready } from "./data.js";\nready();\n`,
			"src/users.ts imports ./data.js, which leads nowhere",
		],
		[
			"a type error",
			`${USERS}export const id: number = prisma.$connect();\n`,
			"TS2322 Type 'Promise<void>' is not assignable to type 'number'.",
		],
		["a name that is gone", USERS.replace("const prisma = new PrismaClient();\n", ""), "TS2304 Cannot find name 'prisma'."],
	])(
		"sees %s",
		(_what, after, problem) => {
			expect(problems(after)).toContain(problem);
		},
		180_000,
	);
});
