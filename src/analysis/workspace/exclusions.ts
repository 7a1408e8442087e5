import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { globMatcher } from "./globs.js";

/** Folders that hold dependencies, build output or caches, whatever a `.gitignore` says. */
const SKIPPED_FOLDERS = new Set([
	"node_modules",
	"bower_components",
	"jspm_packages",
	"vendor",
	"dist",
	"coverage",
	"__pycache__",
	"venv",
	"storybook-static",
	"playwright-report",
	"test-results",
]);

/** Compilers write here, unless the folder is part of a source tree. */
const OUTPUT_FOLDERS = new Set(["build", "out", "output"]);

/** Hidden folders hold tooling state; these few hold sources people write. */
const HIDDEN_WITH_SOURCES = new Set([".storybook", ".config", ".prisma"]);

/** Says which paths the analysis leaves out: well-known folders, `.gitignore` files on every level, and the user's globs. */
export class Exclusions {
	readonly #root: string;
	readonly #user: Ignore | null;
	readonly #byFolder = new Map<string, Ignore | null>();
	readonly #above: readonly { readonly prefix: string; readonly rules: Ignore }[];

	constructor(root: string, globs: readonly string[]) {
		this.#root = root;
		this.#user = globs.length === 0 ? null : globMatcher(globs);
		this.#above = rulesAbove(root);
	}

	/** Whether a folder is left out; its parents are known to be in. */
	excludesFolder(path: string): boolean {
		const name = posix.basename(path);
		if (SKIPPED_FOLDERS.has(name)) return true;
		if (OUTPUT_FOLDERS.has(name) && !/(^|\/)src\//.test(path)) return true;
		if (name.startsWith(".") && !HIDDEN_WITH_SOURCES.has(name)) return true;
		return this.#ignored(`${path}/`, path);
	}

	excludesFile(path: string): boolean {
		return this.#ignored(path, path);
	}

	/** Whether any folder above a path is left out. */
	excludesAbove(path: string): boolean {
		for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
			if (this.excludesFolder(path.slice(0, slash))) return true;
		}
		return false;
	}

	#ignored(path: string, entry: string): boolean {
		if (this.#user?.ignores(path)) return true;
		for (let folder = parent(entry); ; folder = parent(folder)) {
			const rules = this.#rulesOf(folder);
			if (rules !== null) {
				const verdict = rules.test(folder === "" ? path : path.slice(folder.length + 1));
				if (verdict.ignored) return true;
				if (verdict.unignored) return false;
			}
			if (folder === "") break;
		}
		return this.#above.some(({ prefix, rules }) => rules.ignores(prefix + path));
	}

	#rulesOf(folder: string): Ignore | null {
		const known = this.#byFolder.get(folder);
		if (known !== undefined) return known;
		const rules = readRules(join(this.#root, folder, ".gitignore"));
		this.#byFolder.set(folder, rules);
		return rules;
	}
}

function parent(path: string): string {
	const slash = path.lastIndexOf("/");
	return slash < 0 ? "" : path.slice(0, slash);
}

function readRules(file: string): Ignore | null {
	// Hardly any folder has rules, and an exception costs more than a question.
	if (!existsSync(file)) return null;
	try {
		return ignore().add(readFileSync(file, "utf8"));
	} catch {
		return null;
	}
}

/** Rules of the repository around a workspace that is only a part of it; none when they ignore the workspace itself. */
function rulesAbove(root: string): { prefix: string; rules: Ignore }[] {
	const found: { prefix: string; rules: Ignore }[] = [];
	let folder = root;
	while (!isRepository(folder)) {
		const up = dirname(folder);
		if (up === folder) return [];
		folder = up;
		const rules = readRules(join(folder, ".gitignore"));
		const prefix = `${relative(folder, root).split(sep).join("/")}/`;
		if (rules?.ignores(prefix)) return [];
		if (rules !== null) found.push({ prefix, rules });
	}
	return found;
}

function isRepository(folder: string): boolean {
	try {
		readFileSync(join(folder, ".git", "HEAD"));
		return true;
	} catch {
		return false;
	}
}
