import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Teardown } from "../../scripts/lib/teardown.js";
import type { Workbench } from "../../scripts/lib/workbench.js";
import { copyFixture, openWorkspace } from "./support/workbench.js";

/** The open one, and others that the fix changes. */
const FILES = ["src/routes/rooms.ts", "src/routes/reports.ts", "src/services/availability.ts"];

describe("a fix of many files", () => {
	const teardown = new Teardown();
	let folder: string;
	let workbench: Workbench;
	const texts = () => FILES.map((file) => readFileSync(join(folder, file), "utf8"));

	beforeAll(async () => {
		folder = await copyFixture(teardown, "leaky-hotel");
		workbench = await openWorkspace(teardown, folder);
	});

	afterAll(() => teardown.run());

	it("is made at once when a person agrees, and one undo takes it back in all files", async () => {
		const before = texts();
		await workbench.openFile("src/routes/rooms.ts");
		await workbench.squiggles();
		await workbench.command("Prisma Leak Lens: Use Singleton Everywhere");
		await workbench.confirm("Apply");
		await workbench.waitForText(/import \{ prisma \} from "\.\.\/lib\/prisma\.js"/);
		// Undone while files are still being saved, it is undone in some of them.
		await workbench.page.locator(".notifications-toasts", { hasText: /Changed \d+ files/ }).waitFor();
		await expect.poll(texts, { timeout: 30_000 }).not.toContainEqual(expect.stringContaining("new PrismaClient"));

		await workbench.openFile("src/routes/rooms.ts");
		await workbench.page.keyboard.press("Control+Z");
		await workbench.waitForText(/new PrismaClient/);
		// The other files are undone one after the other.
		const saved = async () => {
			await workbench.command("File: Save All");
			return texts();
		};
		await expect.poll(saved, { timeout: 60_000, interval: 1_000 }).toEqual(before);
	});
});
