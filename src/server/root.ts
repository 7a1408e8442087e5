import { basename, isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A workspace folder's place, and the way between its files' names (relative, with `/`) and an editor's URIs. */
export class Root {
	readonly path: string;
	readonly name: string;

	constructor(uri: string) {
		this.path = fileURLToPath(uri);
		this.name = basename(this.path);
	}

	/** Null when the URI is no file, or lies outside. The root itself is "". */
	fileOf(uri: string): string | null {
		const path = pathOf(uri);
		if (path === null) return null;
		const file = relative(this.path, path);
		if (isAbsolute(file) || file === ".." || file.startsWith(`..${sep}`)) return null;
		return file.split(sep).join("/");
	}

	pathOf(file: string): string {
		return join(this.path, file);
	}

	uriOf(file: string): string {
		return pathToFileURL(this.pathOf(file)).href;
	}
}

/** The path a `file:` URI names; null for every other URI. */
export function pathOf(uri: string): string | null {
	if (!uri.startsWith("file:")) return null;
	try {
		return fileURLToPath(uri);
	} catch {
		return null;
	}
}
