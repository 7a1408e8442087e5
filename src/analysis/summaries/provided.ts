import type { ClassFact, Expr, Span } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import { type ClientClass, clientClass } from "./client-class.js";
import type { Linker } from "./linker.js";
import { type ProviderScope, scopeOf } from "./provider-scope.js";
import type { Value } from "./values.js";

/** Names and spreads that lead from one list of providers to another. */
const MAX_LISTS = 4;

/** A client class that a framework's container builds: `@Injectable() class PrismaService extends PrismaClient`. */
export interface ProvidedClass extends ProviderScope {
	readonly file: string;
	readonly classId: number;
	readonly client: ClientClass;
	readonly name: string;
	/** `class PrismaService`. */
	readonly head: Span;
	/** Modules that list the class among their providers: each of them builds its own instance. */
	readonly providers: readonly Provider[];
}

export interface Provider {
	readonly file: string;
	/** The `providers` list. */
	readonly span: Span;
	/** Whether the module exports the class, so that other modules can import it instead. */
	readonly exports: boolean;
}

export class ProvidedFinder {
	readonly #classes: Table<string, readonly ProvidableClass[]>;
	readonly #modules: Table<string, readonly ModuleProviders[]>;

	constructor(private readonly linker: Linker) {
		this.#classes = new Table(linker.derivations);
		this.#modules = new Table(linker.derivations);
	}

	/** Client classes that are there to be provided. */
	classesIn(file: string): readonly ProvidableClass[] {
		return this.#classes.get(file, () => providedClasses(this.linker, file));
	}

	/** What its modules provide, client classes or not. */
	modulesIn(file: string): readonly ModuleProviders[] {
		return this.#modules.get(file, () => moduleProviders(this.linker, file));
	}
}

export type ProvidableClass = Omit<ProvidedClass, "providers">;

/** Says of each class which modules provide it. */
export function joinProviders(classes: readonly ProvidableClass[], modules: readonly ModuleProviders[]): readonly ProvidedClass[] {
	return classes.map((cls) => ({
		...cls,
		providers: modules
			.filter(({ provides }) => provides.some((id) => id.file === cls.file && id.classId === cls.classId))
			.map(({ file, span, exported }) => ({
				file,
				span,
				exports: exported.some((id) => id.file === cls.file && id.classId === cls.classId),
			})),
	}));
}

function providedClasses(linker: Linker, file: string): ProvidableClass[] {
	return (linker.facts(file)?.classes ?? []).flatMap((fact, classId) => providedClass(linker, file, fact, classId));
}

/** Nest's, tsyringe's and inversify's, typedi's. */
const INJECTABLE = new Set(["Injectable", "injectable", "singleton", "Service"]);

function providedClass(linker: Linker, file: string, fact: ClassFact, classId: number): ProvidableClass[] {
	if (!fact.decorators.some((name) => INJECTABLE.has(name))) return [];
	const client = clientClass(linker, { k: "class", file, id: classId });
	const facts = linker.facts(file);
	if (!facts || !client) return [];
	const binding = facts.bindings.find(({ init }) => init?.k === "class" && init.id === classId);
	const head = binding?.span ?? { start: fact.span.start, end: fact.span.start };
	return [{ file, classId, client, name: fact.name ?? "This class", head, ...scopeOf(linker, file, fact) }];
}

export interface ModuleProviders {
	readonly file: string;
	readonly span: Span;
	readonly provides: readonly { readonly file: string; readonly classId: number }[];
	readonly exported: readonly { readonly file: string; readonly classId: number }[];
	/** Generated clients that it has the container build as they are, and whether other modules may have them. */
	readonly clients: readonly { readonly client: ClientClass; readonly exported: boolean }[];
}

/** `@Module({ providers: [PrismaService], exports: [PrismaService] })`. */
function moduleProviders(linker: Linker, file: string): ModuleProviders[] {
	const facts = linker.facts(file);
	return (facts?.calls ?? []).flatMap((call) => {
		const [options] = call.args;
		if (!facts || options?.k !== "object") return [];
		const entry = options.entries.find(({ key }) => key === "providers");
		const exported = options.entries.find(({ key }) => key === "exports");
		if (!entry || !isImported(linker, file, call.callee, "Module")) return [];
		const passedOn = exported ? clientsIn(linker, file, exported.value) : [];
		return [
			{
				file,
				span: entry.valueSpan,
				provides: classesIn(linker, file, entry.value),
				exported: exported ? classesIn(linker, file, exported.value) : [],
				clients: clientsIn(linker, file, entry.value).map((client) => ({
					client,
					exported: passedOn.some(({ key }) => key === client.key),
				})),
			},
		];
	});
}

/** Whether a callee is what some package exports under this name, imported or required. */
function isImported(linker: Linker, file: string, callee: Expr, name: string): boolean {
	return linker.values(file, callee, 0).some((value) => value.k === "external" && value.path.at(-1) === name);
}

function classesIn(linker: Linker, file: string, list: Expr): { file: string; classId: number }[] {
	return listedValues(linker, file, list).flatMap((value) => (value.k === "class" ? [{ file: value.file, classId: value.id }] : []));
}

/** The generated classes themselves that a list names. */
function clientsIn(linker: Linker, file: string, list: Expr): ClientClass[] {
	return listedValues(linker, file, list).flatMap((value) => (value.k === "external" ? (clientClass(linker, value) ?? []) : []));
}

/** What a list of providers has built: classes by themselves or under a token (`useClass`), also through a name and spreads. */
function listedValues(linker: Linker, file: string, list: Expr, depth = 0): readonly Value[] {
	if (depth > MAX_LISTS) return [];
	if (list.k === "binding") {
		const init = linker.facts(file)?.bindings[list.id]?.init;
		return init ? listedValues(linker, file, init, depth + 1) : [];
	}
	if (list.k !== "array") return [];
	const items = list.items.flatMap((item) => linker.values(file, builtBy(item), 0));
	return [...items, ...(list.spreads ?? []).flatMap((spread) => listedValues(linker, file, spread, depth + 1))];
}

function builtBy(item: Expr): Expr {
	return (item.k === "object" ? item.entries.find(({ key }) => key === "useClass")?.value : undefined) ?? item;
}
