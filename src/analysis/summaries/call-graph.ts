import type { CallFact, ClassId, Expr, FileFacts, FunctionId, NewFact, Sink } from "../facts/index.js";
import type { Linker } from "./linker.js";
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

/** Who runs which function, over all analysed files. */
export class CallGraph {
	private readonly callers = new Map<string, CallSite[]>();
	private readonly builders = new Map<string, CallSite[]>();

	constructor(
		private readonly linker: Linker,
		files: Iterable<string>,
	) {
		for (const file of files) {
			const facts = linker.facts(file);
			if (facts) this.addFile(file, facts);
		}
	}

	callersOf(ref: FunctionRef): readonly CallSite[] {
		return this.callers.get(keyOf(ref)) ?? [];
	}

	/** Every `new` of a class or of one that extends it. */
	buildersOf(file: string, classId: ClassId): readonly CallSite[] {
		return this.builders.get(`${file}#${classId}`) ?? [];
	}

	fact(site: CallSite): CallFact | NewFact | undefined {
		const facts = this.linker.facts(site.file);
		return site.kind === "new" ? facts?.news[site.index] : facts?.calls[site.index];
	}

	private addFile(file: string, facts: FileFacts): void {
		facts.calls.forEach((call, index) => {
			for (const value of this.linker.values(file, call.callee, call.function)) {
				if (value.k === "function") append(this.callers, keyOf(value), { file, kind: "call", index, function: call.function });
			}
			for (const value of this.callbacks(file, call.args, call.function))
				append(this.callers, keyOf(value), { file, kind: "callback", index, function: call.function });
		});
		facts.news.forEach((fact, index) => {
			for (const value of this.linker.values(file, fact.callee, fact.function)) {
				const site: CallSite = { file, kind: "new", index, function: fact.function };
				for (const cls of withBases(this.linker, value)) {
					append(this.builders, `${cls.file}#${cls.id}`, site);
					for (const ref of instanceCode(this.linker, cls)) append(this.callers, keyOf(ref), site);
				}
			}
		});
	}

	/** Functions handed over by name: `app.get("/x", list)`, `{ handler: list }`. Inline functions say so themselves by their sink. */
	private callbacks(file: string, args: readonly Expr[], at: FunctionId): FunctionRef[] {
		return args.flatMap((argument) => {
			if (argument.k === "object")
				return this.callbacks(
					file,
					argument.entries.map((entry) => entry.value).filter((value) => value.k !== "object"),
					at,
				);
			if (argument.k !== "binding" && argument.k !== "member") return [];
			return this.linker.values(file, argument, at).flatMap((value) => (value.k === "function" ? [value] : []));
		});
	}
}

function append(map: Map<string, CallSite[]>, key: string, site: CallSite): void {
	const known = map.get(key);
	if (known) known.push(site);
	else map.set(key, [site]);
}

type ClassValue = Value & { k: "class" };

/** A class and the workspace classes it extends. */
function withBases(linker: Linker, value: Value, depth = 0): readonly ClassValue[] {
	if (value.k !== "class" || depth > 8) return [];
	const fact = linker.facts(value.file)?.classes[value.id];
	const bases = fact?.superClass ? linker.values(value.file, fact.superClass, fact.owner) : [];
	return [value, ...bases.flatMap((base) => withBases(linker, base, depth + 1))];
}

/** What runs when an instance is built: the constructor and the field initialisers. */
function instanceCode(linker: Linker, cls: ClassValue): FunctionRef[] {
	const fact = linker.facts(cls.file)?.classes[cls.id];
	const own = fact?.methods.filter((method) => method.name === "constructor").map((method) => method.function) ?? [];
	return [...own, ...(fact && fact.instanceInit !== null ? [fact.instanceInit] : [])].map((id) => ({ file: cls.file, id }));
}

/** The call or new whose argument a value ends in, however deep in objects and arrays. */
export function argumentOf(
	sink: Sink,
): { readonly kind: "call" | "new"; readonly index: number; readonly argument: number; readonly properties: readonly string[] } | null {
	const properties: string[] = [];
	for (let step: Sink = sink; ; step = step.outer) {
		if (step.k === "property") properties.unshift(step.key);
		else if (step.k === "argument") return { kind: "call", index: step.call, argument: step.index, properties };
		else if (step.k === "construct-argument") return { kind: "new", index: step.new, argument: step.index, properties };
		else if (step.k !== "element") return null;
	}
}
