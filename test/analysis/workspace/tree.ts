import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";
import { loadWorkspace } from "../../../src/analysis/workspace/index.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";

/** Texts by path; objects are written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

const roots: string[] = [];

afterEach(async () => {
	await Promise.all(roots.splice(0).map((root) => rm(root, { recursive: true, force: true })));
});

/** Writes files to a folder that goes away after the test. */
export async function writeTree(files: Files): Promise<string> {
	const root = await mkdtemp(join(tmpdir(), "leak-lens-"));
	roots.push(root);
	await addFiles(root, files);
	return root;
}

export async function addFiles(root: string, files: Files): Promise<void> {
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
	}
}

export async function load(files: Files, exclude: readonly string[] = []) {
	return loadWorkspace(await writeTree(files), { ...DEFAULT_SETTINGS, exclude });
}

export const SCHEMA = `datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\ngenerator client {\n  provider = "prisma-client-js"\n}\n\nmodel Room {\n  id Int @id\n}\n`;
