import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { fixtureFiles } from "../../support/fixture-files.js";
import { extension } from "./editing.js";

const FOLDER = "fix-fixtures";

/** A fixture of a fix as a package of its own in the open workspace. */
export interface FixturePackage {
	/** The first file that changes, relative to the workspace. */
	readonly path: string;
	readonly before: string;
	readonly after: string;
}

export async function writeFixture(name: string): Promise<FixturePackage> {
	const text = await readFile(join(extension().extensionPath, "test/fixtures/fixes", `${name}.txt`), "utf8");
	const files = fixtureFiles(text);
	const [[changed, after] = ["", ""]] = fixtureFiles(text, ">>>");
	const folder = join(rootPath(), FOLDER, name);
	if (!existsSync(folder)) {
		for (const [path, content] of [...files, ...installedPrisma(files.get("package.json") ?? "{}")]) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), content);
		}
	}
	return { path: `${FOLDER}/${name}/${changed}`, before: files.get(changed) ?? "", after };
}

export async function removeFixtures(): Promise<void> {
	await rm(join(rootPath(), FOLDER), { recursive: true, force: true });
}

/** What the fixture declares is what it has installed: without it, the workspace's own Prisma would count. */
function installedPrisma(manifest: string): [string, string][] {
	const { dependencies = {} }: { readonly dependencies?: Readonly<Record<string, string>> } = JSON.parse(manifest);
	const range = dependencies["@prisma/client"];
	const version = range?.replace(/^\D*/, "");
	return version === undefined ? [] : [["node_modules/@prisma/client/package.json", JSON.stringify({ name: "@prisma/client", version })]];
}

function rootPath(): string {
	const folder = vscode.workspace.workspaceFolders?.[0];
	if (!folder) throw new Error("The suite runs without a workspace.");
	return folder.uri.fsPath;
}
