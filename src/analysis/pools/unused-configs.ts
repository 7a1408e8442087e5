import type { Expr, FileFacts, ObjectEntry, Span } from "../facts/index.js";
import type { Model } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";
import type { Package } from "../workspace/index.js";
import type { Located } from "./option-values.js";
import { writesParameters } from "./url-numbers.js";

/** An object with a pool's settings that no pool is given. */
export interface UnusedPoolConfig {
	readonly file: string;
	/** The key or name it goes by. */
	readonly span: Span;
	/** Its settings, as written. */
	readonly keys: readonly string[];
}

const NAME = /^_?(db|database|connection)?_?pool(_?(config|options|settings))?$/i;
const SIZE = /^(max|min|maxConnections|minConnections|connectionLimit|connection_limit|poolSize)$/;
const TIME =
	/^((acquire|create|destroy|idle|connection|connect|pool|query)_?Timeout(Millis|Ms)?|reapInterval(Millis|Ms)?|idle|acquire|connectionTtl)$/i;
/** Names that only a database's pool goes by, so that the object around them needs none. */
const OWN_SIZE = /^(connectionLimit|connection_limit|poolSize)$/;
/** Libraries that take such an object themselves, also from a configuration file that nobody imports. */
const OTHER_POOLS =
	/^(knex|objection|typeorm|sequelize|sequelize-typescript|@mikro-orm\/.+|drizzle-orm|kysely|generic-pool|tarn|slonik|mongoose|@nestjs\/(typeorm|sequelize|mongoose))$/;

type Context = Pick<Model, "linker" | "files" | "pools">;

export function findUnusedPoolConfigs(model: Context): UnusedPoolConfig[] {
	const { configs } = model.pools;
	if (configs.length === 0) return [];
	const used = usedObjects(model);
	return configs
		.filter(({ file, object }) => !used.some((place) => place.file === file && overlaps(place.span, object.span)))
		.map(({ file, span, object }) => ({ file, span, keys: object.entries.map(({ key }) => key).filter(isSetting) }));
}

/** An object that looks like a pool's configuration. */
export interface PoolConfig extends Candidate {
	readonly file: string;
}

/** Objects of a file that look like a Prisma pool's configuration. */
export function poolConfigsIn(linker: Linker, pkg: Package, file: string, makesClients: boolean): readonly PoolConfig[] {
	const facts = linker.facts(file);
	if (!facts || Object.keys(pkg.dependencies).some((name) => OTHER_POOLS.test(name))) return [];
	return candidatesIn(facts, makesClients && !writesParameters(facts)).map((candidate) => ({ file, ...candidate }));
}

interface Candidate {
	readonly span: Span;
	readonly object: Expr & { readonly k: "object" };
}

/**
 * Objects of that name, outside calls: what a call is given reaches something.
 * @param besideClient whether the file makes a client, and objects under any name are looked at
 */
function candidatesIn(facts: FileFacts, besideClient: boolean): Candidate[] {
	const found: Candidate[] = [];
	const visit = (expression: Expr, name: string, span: Span | null): void => {
		if (expression.k === "either") {
			for (const item of expression.items) visit(item, name, span);
		} else if (expression.k === "object") {
			const own = besideClient ? expression.entries.find(({ key }) => OWN_SIZE.test(key)) : undefined;
			const place = span !== null && NAME.test(name) ? span : own?.keySpan;
			if (place && isPoolConfig(expression.entries)) found.push({ span: place, object: expression });
			for (const entry of expression.entries) visit(entry.value, entry.key, entry.keySpan);
		}
	};
	for (const binding of facts.bindings) if (binding.kind === "const" && binding.init) visit(binding.init, binding.name, binding.span);
	for (const fact of facts.exports) if (fact.value?.k === "object") visit(fact.value, fact.name, null);
	for (const fact of facts.functions) for (const value of fact.returns) visit(value, "", null);
	for (const cls of facts.classes) for (const field of cls.fields) if (field.init) visit(field.init, field.name, field.span);
	return [...new Map(found.map((candidate) => [candidate.object.span.start, candidate])).values()];
}

function isPoolConfig(entries: readonly ObjectEntry[]): boolean {
	return entries.some(({ key }) => SIZE.test(key)) && entries.filter(({ key }) => isSetting(key)).length > 1;
}

function isSetting(key: string): boolean {
	return SIZE.test(key) || TIME.test(key);
}

interface ObjectPlace {
	readonly file: string;
	readonly span: Span;
}

/** Objects that pools are made of, or whose members they read. */
function usedObjects({ linker, pools, files }: Context): ObjectPlace[] {
	const options: Located[] = [
		...pools.settings.flatMap(({ options }) => options),
		...files.flatMap((file) =>
			(linker.facts(file)?.news ?? [])
				.filter((fact) => lastName(linker.facts(file), fact.callee)?.endsWith("Pool"))
				.flatMap((fact) => fact.args.map((expression) => ({ file, expression, at: fact.function }))),
		),
	];
	const numbers = [...pools.numbers, ...pools.timeouts].flatMap(({ place }) => ("span" in place ? [place] : []));
	return [...numbers, ...options.flatMap((located) => objectsBehind(linker, located, 0))];
}

function objectsBehind(linker: Context["linker"], { file, expression, at }: Located, depth: number): ObjectPlace[] {
	if (depth > 4) return [];
	const own = linker.values(file, expression, at).flatMap((value): ObjectPlace[] => {
		if (value.k !== "object") return [];
		const parts = [...value.expression.entries.map((entry) => entry.value), ...value.expression.spreads];
		return [
			{ file: value.file, span: value.expression.span },
			...parts.flatMap((part) => objectsBehind(linker, { file: value.file, expression: part, at: value.at }, depth + 1)),
		];
	});
	if (own.length > 0) return own;
	// Of `config.pool.max` it is `pool` that is read, not all of `config`.
	if (expression.k === "member") return innermost(objectsBehind(linker, { file, expression: expression.of, at }, depth + 1));
	// `Number(config.pool.max)` reads what `config.pool.max` reads.
	const [first] = expression.k === "call" ? (linker.facts(file)?.calls[expression.id]?.args ?? []) : [];
	return first ? objectsBehind(linker, { file, expression: first, at }, depth + 1) : [];
}

function innermost(places: readonly ObjectPlace[]): ObjectPlace[] {
	const [first] = [...places].sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
	return first ? [first] : [];
}

function lastName(facts: FileFacts | undefined, callee: Expr): string | null {
	if (callee.k === "member") return callee.name;
	return callee.k === "binding" ? (facts?.bindings[callee.id]?.name ?? null) : null;
}

function overlaps(a: Span, b: Span): boolean {
	return a.start < b.end && b.start < a.end;
}
