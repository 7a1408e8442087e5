import type { CallFact, ClassId, Expr, FileFacts, FunctionId, NewFact, Sink } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import type { Linker } from "./linker.js";
import { lastName, type NameIndex, nameIndex, withoutBind } from "./name-index.js";
import type { Mention, Places } from "./places.js";
import { type FunctionRef, keyOf, type Value } from "./values.js";

/** A place that makes a function run: a call, a `new` (its constructor and fields), or handing it to somebody as a callback. */
export interface CallSite {
	readonly file: string;
	readonly kind: "call" | "new" | "callback";
	/** Index of the call or new in its file; for callbacks the call it is handed to. */
	readonly index: number;
	/** The function the site stands in. */
	readonly function: FunctionId;
}

const MAX_NAMES = 64;
const MAX_BASES = 8;

/** Says which files import a file. */
export interface Importers {
	importersOf(file: string): readonly string[];
}

/** Who runs which function, over all analysed files. Answers are worked out when asked for: candidates by name, then checked. */
export class CallGraph {
	private readonly callers: Table<string, readonly CallSite[]>;
	private readonly builders: Table<string, readonly CallSite[]>;

	constructor(
		private readonly linker: Linker,
		private readonly places: Places,
		private readonly imports: Importers,
	) {
		this.callers = new Table(linker.derivations);
		this.builders = new Table(linker.derivations);
	}

	/** Calls of a function and places that hand it over; for constructors and fields, every `new` of the class. */
	callersOf(ref: FunctionRef): readonly CallSite[] {
		return this.callers.get(keyOf(ref), () => this.findCallers(ref));
	}

	/** Every `new` of a class or of one that extends it. */
	buildersOf(file: string, classId: ClassId): readonly CallSite[] {
		return this.builders.get(`${file}#${classId}`, () => this.findBuilders(file, classId));
	}

	fact(site: CallSite): CallFact | NewFact | undefined {
		const facts = this.linker.facts(site.file);
		return site.kind === "new" ? facts?.news[site.index] : facts?.calls[site.index];
	}

	private findCallers(ref: FunctionRef): readonly CallSite[] {
		const facts = this.linker.facts(ref.file);
		const fact = facts?.functions[ref.id];
		if (!facts || !fact) return [];
		if ((fact.kind === "constructor" || (fact.kind === "field" && !fact.isStatic)) && fact.classId !== null)
			return this.buildersOf(ref.file, fact.classId);
		const immediate = nameIndex(facts).immediate.get(ref.id);
		if (immediate !== undefined)
			return [{ file: ref.file, kind: "call", index: immediate, function: facts.calls[immediate]?.function ?? 0 }];
		const names = this.namesOf(ref.file, functionNames(facts, ref.id));
		return this.mentioning(["calls", "handedOver"], names).flatMap((file) => {
			const other = this.linker.facts(file);
			return other ? [...this.callsIn(file, other, names, ref), ...this.handOversIn(file, other, names, ref)] : [];
		});
	}

	private callsIn(file: string, facts: FileFacts, names: ReadonlySet<string>, ref: FunctionRef): CallSite[] {
		return candidates(nameIndex(facts).calls, names).flatMap((index) => {
			const call = facts.calls[index];
			if (!call || !this.linker.values(file, call.callee, call.function).some((value) => isFunction(value, ref))) return [];
			return [{ file, kind: "call", index, function: call.function } as const];
		});
	}

	private handOversIn(file: string, facts: FileFacts, names: ReadonlySet<string>, ref: FunctionRef): CallSite[] {
		return candidates(nameIndex(facts).handedOver, names).flatMap((index) => {
			const call = facts.calls[index];
			if (!call || !this.handsOver(file, call.args, call.function, ref)) return [];
			return [{ file, kind: "callback", index, function: call.function } as const];
		});
	}

	/** Functions handed over by name: `app.get("/x", list)`, `{ handler: list }`, `[load, list]`. Inline functions say so themselves by their sink. */
	private handsOver(file: string, args: readonly Expr[], at: FunctionId, ref: FunctionRef): boolean {
		const facts = this.linker.facts(file);
		return args.some((given) => {
			const argument = facts ? withoutBind(facts, given) : given;
			if (argument.k === "object")
				return this.handsOver(
					file,
					argument.entries.map((entry) => entry.value),
					at,
					ref,
				);
			if (argument.k === "array") return this.handsOver(file, argument.items, at, ref);
			if (argument.k !== "binding" && argument.k !== "member") return false;
			return this.linker.values(file, argument, at).some((value) => isFunction(value, ref));
		});
	}

	private findBuilders(file: string, classId: ClassId): readonly CallSite[] {
		const name = this.linker.facts(file)?.classes[classId]?.name;
		const names = this.namesOf(file, name ? [name] : []);
		return this.mentioning(["news"], names).flatMap((other) => {
			const facts = this.linker.facts(other);
			if (!facts) return [];
			return candidates(nameIndex(facts).news, names).flatMap((index) => {
				const fact = facts.news[index];
				const builds =
					fact && this.linker.values(other, fact.callee, fact.function).some((value) => this.isClassOrSubclass(value, file, classId));
				return fact && builds ? [{ file: other, kind: "new", index, function: fact.function } as const] : [];
			});
		});
	}

	private isClassOrSubclass(value: Value, file: string, classId: ClassId, depth = 0): boolean {
		if (value.k !== "class" || depth > MAX_BASES) return false;
		if (value.file === file && value.id === classId) return true;
		const fact = this.linker.facts(value.file)?.classes[value.id];
		if (!fact?.superClass) return false;
		return this.linker
			.values(value.file, fact.superClass, fact.owner)
			.some((base) => this.isClassOrSubclass(base, file, classId, depth + 1));
	}

	/** Files that mention one of the names in one of these ways, in path order. */
	private mentioning(mentions: readonly Mention[], names: ReadonlySet<string>): readonly string[] {
		const files = mentions.flatMap((mention) => [...names].flatMap((name) => this.places.files(mention, name)));
		return [...new Set(files)].sort();
	}

	/** All names something goes by in the workspace, subclasses' among them. */
	private namesOf(file: string, own: readonly string[]): ReadonlySet<string> {
		const names = new Set(own);
		const isWhole = this.linker.facts(file)?.exports.some((fact) => fact.name === "default" || fact.name === "export=") ?? false;
		if (isWhole) for (const name of this.wholeImportsOf(file)) names.add(name);
		for (const name of names) {
			if (names.size > MAX_NAMES) break;
			for (const other of this.places.files("aliases", name)) {
				for (const alias of this.indexOf(other)?.aliases.get(name) ?? []) names.add(alias);
			}
			for (const other of this.places.files("extending", name)) {
				for (const id of this.indexOf(other)?.extending.get(name) ?? []) {
					const subclass = this.linker.facts(other)?.classes[id]?.name;
					if (subclass) names.add(subclass);
				}
			}
		}
		names.delete("default");
		names.delete("export=");
		return names;
	}

	private indexOf(file: string): NameIndex | undefined {
		const facts = this.linker.facts(file);
		return facts && nameIndex(facts);
	}

	private wholeImportsOf(file: string): readonly string[] {
		const importers = this.imports.importersOf(file).filter((other) => this.places.has(other));
		return importers.flatMap((other) => {
			const facts = this.linker.facts(other);
			const passedOn = (facts?.exports ?? []).flatMap(({ name, from }) =>
				from?.name === "default" ? [{ name, specifier: from.specifier }] : [],
			);
			return [...(facts ? nameIndex(facts).wholeImports : []), ...passedOn].flatMap(({ name, specifier }) => {
				const resolution = this.linker.resolver.resolve(other, specifier);
				return resolution.kind === "file" && resolution.path === file ? [name] : [];
			});
		});
	}
}

function isFunction(value: Value, ref: FunctionRef): boolean {
	return value.k === "function" && value.file === ref.file && value.id === ref.id;
}

function candidates(index: ReadonlyMap<string, readonly number[]>, names: ReadonlySet<string>): readonly number[] {
	return [...names].flatMap((name) => index.get(name) ?? []);
}

/** The names a function is called by in its own file: its own, its variable's, its property's. */
function functionNames(facts: FileFacts, id: FunctionId): string[] {
	const fact = facts.functions[id];
	const names = fact?.name ? [fact.name] : [];
	for (let sink: Sink | undefined = fact?.sink; sink; sink = "outer" in sink ? sink.outer : undefined) {
		if (sink.k === "variable") names.push(facts.bindings[sink.binding]?.name ?? "");
		else if (sink.k === "property") names.push(sink.key);
		else if (sink.k === "field") names.push(sink.name);
		else if (sink.k === "assign") names.push(lastName(facts, sink.target) ?? "");
	}
	return names.filter((name) => name !== "");
}

/** The call or new whose argument a value ends in, however deep in objects and arrays. */
export function argumentOf(sink: Sink): {
	readonly kind: "call" | "new";
	readonly index: number;
	readonly argument: number;
	readonly properties: readonly string[];
} | null {
	const properties: string[] = [];
	for (let step: Sink = sink; ; step = step.outer) {
		if (step.k === "property") properties.unshift(step.key);
		else if (step.k === "argument") return { kind: "call", index: step.call, argument: step.index, properties };
		else if (step.k === "construct-argument") return { kind: "new", index: step.new, argument: step.index, properties };
		else if (step.k !== "element") return null;
	}
}
