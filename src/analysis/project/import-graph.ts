import { type Derivations, Inputs } from "../incremental/index.js";
import type { Resolver } from "../resolve/types.js";
import type { EntryFacts, TextFacts } from "./scan-text.js";
import { TextLooks, type Texts } from "./text-looks.js";

/** Who imports whom, over all sources of the workspace. Edges are resolved only where somebody asks for them. */
export class ImportGraph {
	private readonly byLastSegment = new Map<string, Set<string>>();
	private readonly byFile = new Map<string, Set<string>>();
	private readonly importers = new Map<string, readonly string[]>();
	/** By imported file, for those that asked who imports it. */
	private readonly inputs = new Inputs<string>();

	private readonly looks: TextLooks;

	constructor(
		private readonly store: Texts,
		private readonly resolver: Resolver,
		private readonly derivations: Derivations,
	) {
		this.looks = new TextLooks(store, derivations);
		for (const [file, { specifiers }] of store.texts) for (const specifier of specifiers) this.add(file, specifier);
	}

	/** Takes in that a file has another text; `before` is what it imported. */
	update(file: string, before: readonly string[]): void {
		this.looks.changed(file);
		const now = this.store.texts.get(file)?.specifiers ?? [];
		for (const specifier of before) if (!now.includes(specifier)) this.remove(file, specifier);
		for (const specifier of now) this.add(file, specifier);
		const changed = [...before.filter((specifier) => !now.includes(specifier)), ...now.filter((specifier) => !before.includes(specifier))];
		for (const target of changed.flatMap((specifier) => this.target(file, specifier) ?? [])) {
			this.importers.delete(target);
			this.derivations.changed(this.inputs.of(target));
		}
	}

	text(file: string): TextFacts | undefined {
		return this.looks.text(file);
	}

	/** How a file that nobody imports is run. */
	entry(file: string): EntryFacts | undefined {
		return this.looks.entry(file);
	}

	/** Whether a file's text holds `word`. */
	mentions(file: string, word: string): boolean {
		return this.looks.mentions(file, word);
	}

	/** Whether a file may hold options of clients, adapters and pools. */
	mayHoldOptions(file: string): boolean {
		return this.looks.mayHoldOptions(file);
	}

	/** Files that import `file`, in path order. */
	importersOf(file: string): readonly string[] {
		this.derivations.read(this.inputs.of(file));
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

	/** Files that import `file`, also through modules that pass it on. */
	importersThrough(file: string): readonly string[] {
		const found = new Set<string>();
		const open = [file];
		for (let next = open.pop(); next !== undefined; next = open.pop()) {
			for (const importer of this.importersOf(next)) {
				if (found.has(importer) || importer === file) continue;
				found.add(importer);
				if (this.text(importer)?.isBarrel) open.push(importer);
			}
		}
		return [...found];
	}

	/** Files that `file` imports. */
	importsOf(file: string): readonly string[] {
		return (this.text(file)?.specifiers ?? []).flatMap((specifier) => this.target(file, specifier) ?? []);
	}

	/** Whether loading `from` loads `to`. */
	reaches(from: string, to: string): boolean {
		for (const loader of this.loadersOf(to)) if (loader === from) return true;
		return false;
	}

	/** `file` itself and all that load it, directly or through others. */
	*loadersOf(file: string): Iterable<string> {
		const seen = new Set([file]);
		const open = [file];
		for (let next = open.pop(); next !== undefined; next = open.pop()) {
			yield next;
			for (const importer of this.importersOf(next)) {
				if (seen.has(importer)) continue;
				seen.add(importer);
				open.push(importer);
			}
		}
	}

	/** Relative imports are kept by their last part; those of packages and path aliases are few, so they are resolved at once. */
	private add(file: string, specifier: string): void {
		if (specifier.startsWith(".")) add(this.byLastSegment, lastSegment(specifier), file);
		else {
			const target = this.target(file, specifier);
			if (target !== null) add(this.byFile, target, file);
		}
	}

	private remove(file: string, specifier: string): void {
		// Another import may end in the same part: the file stays a candidate, which is checked when somebody asks.
		if (specifier.startsWith(".")) return;
		const target = this.target(file, specifier);
		if (target !== null) this.byFile.get(target)?.delete(file);
	}

	private target(file: string, specifier: string): string | null {
		const resolution = this.resolver.resolve(file, specifier);
		return resolution.kind === "file" ? resolution.path : null;
	}

	private imports(file: string, target: string, segment: string): boolean {
		return (this.store.texts.get(file)?.specifiers ?? []).some(
			(specifier) => specifier.startsWith(".") && lastSegment(specifier) === segment && this.target(file, specifier) === target,
		);
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
