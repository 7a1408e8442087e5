import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeFiles } from "../../src/cli/write-files.js";

let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "write-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("writeFiles", () => {
	it("writes old and new files, makes folders, and leaves nothing else behind", async () => {
		await writeFile(join(folder, "a.ts"), "old");
		await writeFiles(
			new Map([
				[join(folder, "a.ts"), "new"],
				[join(folder, "lib/prisma.ts"), "created"],
			]),
		);
		expect(await readFile(join(folder, "a.ts"), "utf8")).toBe("new");
		expect(await readFile(join(folder, "lib/prisma.ts"), "utf8")).toBe("created");
		expect((await readdir(folder)).sort()).toEqual(["a.ts", "lib"]);
	});

	it("changes no file when one of them cannot be written", async () => {
		await writeFile(join(folder, "a.ts"), "old");
		await mkdir(join(folder, "b.ts"));
		const files = new Map([
			[join(folder, "a.ts"), "new"],
			[join(folder, "b.ts"), "cannot replace a folder"],
		]);
		await expect(writeFiles(files)).rejects.toThrow();
		expect(await readFile(join(folder, "a.ts"), "utf8")).toBe("old");
		expect((await readdir(folder)).sort()).toEqual(["a.ts", "b.ts"]);
	});

	it("puts back what was moved already when a later move fails", async () => {
		await writeFile(join(folder, "a.ts"), "old");
		// Both names lead to one temporary file's place: the second move finds nothing to move.
		await symlink(join(folder, "a.ts"), join(folder, "link.ts"));
		const files = new Map([
			[join(folder, "a.ts"), "first"],
			[join(folder, "link.ts"), "second"],
		]);
		await expect(writeFiles(files)).rejects.toThrow();
		expect(await readFile(join(folder, "a.ts"), "utf8")).toBe("old");
	});

	it("keeps a file's mode, and a link a link", async () => {
		await writeFile(join(folder, "real.ts"), "old");
		await chmod(join(folder, "real.ts"), 0o751);
		await symlink("real.ts", join(folder, "link.ts"));
		await writeFiles(new Map([[join(folder, "link.ts"), "new"]]));
		expect((await lstat(join(folder, "link.ts"))).isSymbolicLink()).toBe(true);
		expect(await readFile(join(folder, "real.ts"), "utf8")).toBe("new");
		expect((await stat(join(folder, "real.ts"))).mode & 0o777).toBe(0o751);
	});
});
