import { posix } from "node:path";
import type { Package } from "../workspace/types.js";
import { type FixWorkspace, Refusal } from "./types.js";

/** Folders where shared modules live, the most telling first. */
const FOLDERS = [
	["lib", "db", "database"],
	["utils", "util", "shared", "common"],
] as const;

const NAMES = ["prisma", "db", "prisma-client", "database"] as const;

/** Where the module of the shared client goes, for a client found in `file`. */
export function placeModule(file: string, owner: Package, workspace: FixWorkspace): string {
	const folder = folderFor(file, owner, workspace);
	const suffix = owner.frameworks.has("remix") && folder.split("/").includes("app") ? ".server" : "";
	const extension = extensionFor(file, owner);
	const paths = NAMES.map((name) => posix.join(folder, `${name}${suffix}${extension}`));
	const free = paths.find((path) => !isTaken(path, workspace));
	if (free === undefined) throw new Refusal(`No free name for the shared client's module in ${folder || "the package's folder"}.`);
	return free;
}

function folderFor(file: string, owner: Package, workspace: FixWorkspace): string {
	if (owner.frameworks.has("sveltekit")) return posix.join(owner.dir, "src/lib/server");
	if (owner.frameworks.has("nuxt")) return posix.join(owner.dir, "server/utils");
	const above = foldersAbove(file, owner.dir);
	for (const names of FOLDERS) {
		for (const folder of above) {
			const found = names.map((name) => posix.join(folder, name)).find((path) => workspace.directoryExists(path));
			if (found !== undefined) return found;
		}
	}
	const root = above.find(
		(folder) => posix.basename(folder) === "src" || (posix.basename(folder) === "app" && owner.frameworks.has("remix")),
	);
	return posix.join(root ?? owner.dir, "lib");
}

/** Folders from the package's own down to the file's. A source folder comes before the package's: `src/lib`, then `lib`. */
function foldersAbove(file: string, dir: string): string[] {
	const folders: string[] = [];
	for (let at = posix.dirname(file); ; at = posix.dirname(at)) {
		const isTop = at === "." || at === dir;
		folders.unshift(isTop ? dir : at);
		if (isTop) break;
	}
	const source = folders.findIndex((folder) => ["src", "app", "server"].includes(posix.basename(folder)));
	return source <= 0 ? folders : [...folders.slice(source), ...folders.slice(0, source)];
}

function extensionFor(file: string, owner: Package): string {
	const extension = posix.extname(file);
	const isModule = owner.moduleType === "module";
	switch (extension) {
		case ".tsx":
			return ".ts";
		case ".mts":
			return isModule ? ".ts" : ".mts";
		case ".cts":
			return isModule ? ".cts" : ".ts";
		case ".mjs":
			return isModule ? ".js" : ".mjs";
		case ".cjs":
			return isModule ? ".cjs" : ".js";
		case ".jsx":
			return ".js";
		default:
			return extension;
	}
}

/** Another ending of the same name would be imported by the same specifier. */
function isTaken(path: string, workspace: FixWorkspace): boolean {
	const stem = path.slice(0, -posix.extname(path).length);
	return (
		[".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs"].some((extension) => workspace.fileExists(stem + extension)) ||
		workspace.directoryExists(stem)
	);
}

/** The relative specifier of a file that is about to be created, with the ending `fromFile` gives its local imports. */
export function relativeSpecifier(fromFile: string, text: string, toFile: string): string {
	const endings = [...text.matchAll(/(?:\bfrom|\brequire\()\s*["']\.{1,2}\/[^"'\n]*?(\.[cm]?[jt]sx?)?["']/g)].map((match) => match[1]);
	const path = relativePath(fromFile, toFile);
	const stem = path.slice(0, -posix.extname(path).length);
	if (/\.[mc][jt]s$/.test(toFile)) return path.replace(/ts$/, "js");
	if (endings.includes(".ts")) return path;
	return endings.includes(".js") || (endings.length === 0 && /\.m?js$/.test(fromFile) && /^\s*import\s/m.test(text)) ? `${stem}.js` : stem;
}

export function relativePath(fromFile: string, toFile: string): string {
	const path = posix.relative(posix.dirname(fromFile), toFile);
	return path.startsWith(".") ? path : `./${path}`;
}

/** A specifier of `fromFile` as another file must write it. */
export function rebased(specifier: string, fromFile: string, toFile: string): string {
	if (!/^\.{1,2}(\/|$)/.test(specifier)) return specifier;
	return relativePath(toFile, posix.join(posix.dirname(fromFile), specifier));
}
