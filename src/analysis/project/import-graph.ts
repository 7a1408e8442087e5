import type { Resolver } from "../resolve/types.js";
import type { EntryFacts, TextFacts } from "./scan-text.js";

/** Who imports whom, over all sources of the workspace. Edges are resolved only where somebody asks for them. */
export class ImportGraph {
	private readonly byLastSegment = new Map<string, Set<string>>();
	private readonly byFile = new Map<string, Set<string>>();
	private readonly importers = new Map<string, readonly string[]>();

	constructor(
		private readonly texts: ReadonlyMap<string, TextFacts>,
		private readonly resolver: Resolver,
		/** How a file that nobody imports is run. */
		readonly entry: (file: string) => EntryFacts | undefined,
	) {
		const outside = new Map<string, string[]>();
		for (const [file, facts] of texts) {
			for (const specifier of facts.specifiers) {
				if (specifier.startsWith(".")) add(this.byLastSegment, lastSegment(specifier), file);
				else outside.set(specifier, [...(outside.get(specifier) ?? []), file]);
			}
		}
		for (const [specifier, files] of outside) this.addOutside(specifier, files);
	}

	text(file: string): TextFacts | undefined {
		return this.texts.get(file);
	}

	/** Files that import `file`, in path order. */
	importersOf(file: string): readonly string[] {
		const known = this.importers.get(file);
		if (known) return known;
		const found = new Set(this.byFile.get(file));
		for (const segment of segmentsOf(file)) {
			for (const candidate of this.byLastSegment.get(segment) ?? []) {
				if (candidate !== file && !found.has(candidate) && this.imports(candidate, file, segment)) found.add(candidate);
			}
		}
		const importers = [...found].sort();
		this.importers.set(file, importers);
		return importers;
	}

	/** Files that `file` imports. */
	importsOf(file: string): readonly string[] {
		return (this.texts.get(file)?.specifiers ?? []).flatMap((specifier) => {
			const resolution = this.resolver.resolve(file, specifier);
			return resolution.kind === "file" ? [resolution.path] : [];
		});
	}

	/** Whether loading `from` loads `to`. */
	reaches(from: string, to: string): boolean {
		const seen = new Set([to]);
		const open = [to];
		for (let file = open.pop(); file !== undefined; file = open.pop()) {
			if (file === from) return true;
			for (const importer of this.importersOf(file)) {
				if (seen.has(importer)) continue;
				seen.add(importer);
				open.push(importer);
			}
		}
		return false;
	}

	/** Packages of the workspace and path aliases: few distinct ones, so each is resolved for every importer. */
	private addOutside(specifier: string, files: readonly string[]): void {
		for (const file of files) {
			const resolution = this.resolver.resolve(file, specifier);
			if (resolution.kind === "file") add(this.byFile, resolution.path, file);
		}
	}

	private imports(file: string, target: string, segment: string): boolean {
		return (this.texts.get(file)?.specifiers ?? []).some((specifier) => {
			if (!specifier.startsWith(".") || lastSegment(specifier) !== segment) return false;
			const resolution = this.resolver.resolve(file, specifier);
			return resolution.kind === "file" && resolution.path === target;
		});
	}
}

/** What the last part of a relative specifier for a file can be: its name, or its folder's for an index file. */
function segmentsOf(file: string): readonly string[] {
	const parts = file.split("/");
	const name = stem(parts.at(-1) ?? "");
	return name === "index" ? [name, stem(parts.at(-2) ?? ""), "", ".."] : [name];
}

function lastSegment(specifier: string): string {
	const last = specifier.slice(specifier.lastIndexOf("/") + 1);
	return last === "." ? "" : last === ".." ? ".." : stem(last);
}

function stem(name: string): string {
	return name.replace(/\.[mc]?[jt]sx?$/, "");
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
	const known = map.get(key);
	if (known) known.add(value);
	else map.set(key, new Set([value]));
}
