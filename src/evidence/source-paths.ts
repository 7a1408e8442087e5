/** Segments a path from elsewhere must share with a source, its name among them: `src/db.ts` under `/app` and under the workspace. */
const LEAST_SHARED = 2;

/** Finds the source that a running process names, be it under another root, as in a container. */
export class SourcePaths {
	readonly #root: string;
	readonly #known: ReadonlySet<string>;
	readonly #byName: ReadonlyMap<string, readonly string[]>;

	/**
	 * @param root absolute path of the workspace folder, with `/`
	 * @param files its sources, relative to it
	 */
	constructor(root: string, files: readonly string[]) {
		this.#root = root.replace(/\/$/, "");
		this.#known = new Set(files);
		this.#byName = byName(files);
	}

	/** Null when it is none of the sources, or could be several. */
	find(path: string): string | null {
		const plain = plainPath(path);
		if (plain.startsWith(`${this.#root}/`)) {
			const file = plain.slice(this.#root.length + 1);
			if (this.#known.has(file)) return file;
		}
		return this.#byEnd(plain);
	}

	#byEnd(path: string): string | null {
		const wanted = path.split("/").reverse();
		let best: string | null = null;
		let most = LEAST_SHARED - 1;
		for (const file of this.#byName.get(nameOf(path)) ?? []) {
			const shared = sharedFromStart(wanted, file.split("/").reverse());
			// A file at the workspace's top has no folder to share.
			const counted = file.includes("/") ? shared : 0;
			if (counted === most) best = null;
			if (counted > most) [best, most] = [file, counted];
		}
		return best;
	}
}

/** Without a URL's scheme and with `/`, as `C:/hotel/src/db.ts` too. */
function plainPath(path: string): string {
	const local = path.startsWith("file://") ? decodeURI(path.slice("file://".length)).replace(/^\/(?=[A-Za-z]:)/, "") : path;
	return local.replaceAll("\\", "/");
}

function byName(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
	const names = new Map<string, string[]>();
	for (const file of files) {
		const alike = names.get(nameOf(file));
		if (alike === undefined) names.set(nameOf(file), [file]);
		else alike.push(file);
	}
	return names;
}

function nameOf(path: string): string {
	return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function sharedFromStart(a: readonly string[], b: readonly string[]): number {
	const end = a.findIndex((segment, index) => segment !== b[index]);
	return end === -1 ? a.length : end;
}
