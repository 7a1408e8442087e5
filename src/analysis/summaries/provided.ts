import type { ClassFact, Expr, FileFacts, Span } from "../facts/index.js";
import { type ClientClass, clientClass } from "./client-class.js";
import type { Linker } from "./linker.js";

/** A client class that a framework's container builds: `@Injectable() class PrismaService extends PrismaClient`. */
export interface ProvidedClass {
	readonly file: string;
	readonly classId: number;
	readonly client: ClientClass;
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

export function findProvided(linker: Linker, files: readonly string[]): readonly ProvidedClass[] {
	const classes = files.flatMap((file) =>
		(linker.facts(file)?.classes ?? []).flatMap((fact, classId) => providedClass(linker, file, fact, classId)),
	);
	if (classes.length === 0) return [];
	const providers = files.flatMap((file) => moduleProviders(linker, file));
	return classes.map((cls) => ({
		...cls,
		providers: providers
			.filter(({ provides }) => provides.some((id) => id.file === cls.file && id.classId === cls.classId))
			.map(({ file, span, exported }) => ({
				file,
				span,
				exports: exported.some((id) => id.file === cls.file && id.classId === cls.classId),
			})),
	}));
}

function providedClass(linker: Linker, file: string, fact: ClassFact, classId: number): Omit<ProvidedClass, "providers">[] {
	if (!fact.decorators.includes("Injectable")) return [];
	const client = clientClass(linker, { k: "class", file, id: classId });
	const name = linker.facts(file)?.bindings.find((binding) => binding.init?.k === "class" && binding.init.id === classId);
	return client ? [{ file, classId, client, head: name?.span ?? { start: fact.span.start, end: fact.span.start } }] : [];
}

interface ModuleProviders {
	readonly file: string;
	readonly span: Span;
	readonly provides: readonly { readonly file: string; readonly classId: number }[];
	readonly exported: readonly { readonly file: string; readonly classId: number }[];
}

/** `@Module({ providers: [PrismaService], exports: [PrismaService] })`. */
function moduleProviders(linker: Linker, file: string): ModuleProviders[] {
	const facts = linker.facts(file);
	return (facts?.calls ?? []).flatMap((call) => {
		const [options] = call.args;
		if (!facts || options?.k !== "object" || !isModuleDecorator(facts, call.callee)) return [];
		const entry = options.entries.find(({ key }) => key === "providers");
		const exported = options.entries.find(({ key }) => key === "exports");
		if (!entry) return [];
		return [
			{
				file,
				span: entry.valueSpan,
				provides: classesIn(linker, file, entry.value),
				exported: exported ? classesIn(linker, file, exported.value) : [],
			},
		];
	});
}

function isModuleDecorator(facts: FileFacts, callee: Expr): boolean {
	return callee.k === "binding" && facts.bindings[callee.id]?.imported?.name === "Module";
}

function classesIn(linker: Linker, file: string, list: Expr): { file: string; classId: number }[] {
	if (list.k !== "array") return [];
	return list.items.flatMap((item) =>
		linker.values(file, item, 0).flatMap((value) => (value.k === "class" ? [{ file: value.file, classId: value.id }] : [])),
	);
}
