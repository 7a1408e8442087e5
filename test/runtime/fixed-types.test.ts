import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyHotel, type HotelCopy } from "../../scripts/lib/leaky-hotel.js";
import { projectRoot } from "../../scripts/lib/paths.js";
import { run } from "../../scripts/lib/processes.js";
import { openProject } from "../../src/analysis/index.js";
import { applyChanges } from "../../src/cli/apply-changes.js";

/** Forms the example does not have, made with the generated client's own types. */
const MORE_FORMS = `import { PrismaPg } from "@prisma/adapter-pg";
import { type Guest, Prisma, PrismaClient } from "../../generated/prisma/client.js";

const connectionString = process.env.DATABASE_URL;

let client: PrismaClient | undefined;

function getClient(): PrismaClient {
	if (!client) client = new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
	return client;
}

export async function guestNames(where: Prisma.GuestWhereInput): Promise<string[]> {
	const guests: Guest[] = await getClient().guest.findMany({ where, orderBy: { id: Prisma.SortOrder.asc } });
	return guests.map(({ name }) => name);
}

export async function countGuests(): Promise<number> {
	const { PrismaClient: Client } = await import("../../generated/prisma/client.js");
	const adapter = new PrismaPg({ connectionString });
	const prisma = new Client({ adapter });
	try {
		const [count] = await prisma.$transaction([prisma.guest.count()]);
		return count;
	} finally {
		await prisma.$disconnect();
	}
}
`;

describe("Use singleton against the client Prisma really generates", () => {
	let hotel: HotelCopy;

	beforeAll(async () => {
		hotel = await copyHotel();
		await writeFile(join(hotel.folder, "src", "services", "guest-names.ts"), MORE_FORMS);
	});
	afterAll(async () => {
		await hotel?.remove();
	});

	it("type-checks before and after, with nothing left unused", async () => {
		await typeCheck();
		const project = openProject(hotel.folder);
		await project.scan();
		const { outcome, refused } = project.fixAll({ fix: "use-singleton" }, { kind: "workspace" });
		expect(refused).toEqual([]);
		if (outcome.kind === "refused") throw new Error(outcome.reason);
		for (const change of outcome.fix.changes) {
			const path = join(hotel.folder, change.file);
			if (change.kind === "create") await writeFile(path, change.text);
			else await writeFile(path, applyChanges(await readFile(path, "utf8"), change.changes));
		}
		await typeCheck();
		const fixed = await readFile(join(hotel.folder, "src", "services", "guest-names.ts"), "utf8");
		expect(fixed).not.toMatch(/\bnew\b|\$disconnect|connectionString/);
	});

	it("would show what does not", async () => {
		await writeFile(join(hotel.folder, "src", "broken.ts"), `import { prisma } from "./lib/prisma.js";\nprisma.guest.findEverything();\n`);
		await expect(typeCheck()).rejects.toThrow();
	});

	async function typeCheck(): Promise<void> {
		const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
		await run(process.execPath, [compiler, "-p", "tsconfig.json"], { cwd: hotel.folder });
	}
});
