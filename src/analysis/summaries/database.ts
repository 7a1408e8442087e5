import type { CallFact, ClassId, Expr, FunctionId } from "../facts/index.js";
import { environmentOf } from "./constants.js";
import type { Creation } from "./creations.js";
import type { Linker } from "./linker.js";

const DEFAULT_DATABASE = "default";
const REPLICA_NAME = /replica|read[-_]?only|reader|readClient|shadow/i;
const URL_OPTION = /^(datasourceUrl|accelerateUrl|connectionString|url|uri|host|database)$/;

/**
 * Which database a client is opened on: the environment variable or literal its options name, "default" when they name none,
 * null when they depend on a parameter (a client per tenant). A read replica is a database of its own (FORMS.md, quiet 6).
 */
export function databaseOf(linker: Linker, creation: Creation): string | null {
	return databaseNamed(linker, creation.file, creation.fact, sinkName(linker, creation));
}

/** The same for a class that is a client: what its constructor hands to `super`. */
export function databaseOfClass(linker: Linker, file: string, classId: ClassId): string | null {
	const facts = linker.facts(file);
	const cls = facts?.classes[classId];
	const constructorId = cls?.methods.find(({ name }) => name === "constructor")?.function;
	const options = facts?.calls.find((call) => call.callee.k === "super" && call.function === constructorId);
	return databaseNamed(linker, file, options ?? { args: [], function: 0 }, cls?.name ?? null);
}

function databaseNamed(linker: Linker, file: string, options: Pick<CallFact, "args" | "function">, name: string | null): string | null {
	const urls = urlsIn(linker, file, options.args, options.function, 0);
	if (urls.includes(null)) return null;
	const named = urls.find((url) => url !== DEFAULT_DATABASE);
	if (named) return named;
	return name && REPLICA_NAME.test(name) ? `replica:${name}` : DEFAULT_DATABASE;
}

function sinkName(linker: Linker, creation: Creation): string | null {
	const { sink, function: at } = creation.fact;
	const facts = linker.facts(creation.file);
	const target = sink.k === "receiver" ? sink.outer : sink;
	if (target.k === "variable") return facts?.bindings[target.binding]?.name ?? null;
	if (target.k === "property") return target.key;
	if (target.k === "assign" && target.target.k === "member") return target.target.name;
	return facts?.functions[at]?.name ?? null;
}

/** URLs named anywhere in a client's options: adapters, pools, `datasources: { db: { url } }`. */
function urlsIn(linker: Linker, file: string, expressions: readonly Expr[], at: FunctionId, depth: number): (string | null)[] {
	if (depth > 8) return [];
	return expressions.flatMap((expression) => {
		switch (expression.k) {
			case "object":
				return [
					...expression.entries.flatMap((entry) =>
						URL_OPTION.test(entry.key) && entry.value.k !== "object"
							? [urlName(linker, file, entry.value, at)]
							: urlsIn(linker, file, [entry.value], at, depth + 1),
					),
					...urlsIn(linker, file, expression.spreads, at, depth + 1),
				];
			case "new":
				return urlsIn(linker, file, linker.facts(file)?.news[expression.id]?.args ?? [], at, depth + 1);
			case "binding":
				return bindingUrls(linker, file, expression.id, at, depth);
			case "either":
				return urlsIn(linker, file, expression.items, at, depth + 1).slice(0, 1);
			case "call":
				return urlsIn(linker, file, linker.facts(file)?.calls[expression.id]?.args ?? [], at, depth + 1);
			case "member":
				return dependsOnParameter(linker, file, expression) ? [null] : [];
			default:
				return [];
		}
	});
}

function bindingUrls(linker: Linker, file: string, id: number, at: FunctionId, depth: number): (string | null)[] {
	const binding = linker.facts(file)?.bindings[id];
	if (!binding) return [];
	if (binding.kind === "parameter" && !binding.init) return dependsOnCaller(linker, file, binding.owner) ? [null] : [];
	return binding.init ? urlsIn(linker, file, [binding.init], at, depth + 1) : [];
}

/** A parameter of a constructor or callback that a framework fills says nothing; one of a plain function is the caller's choice. */
function dependsOnCaller(linker: Linker, file: string, owner: FunctionId): boolean {
	const kind = linker.facts(file)?.functions[owner]?.kind;
	return kind === "function" || kind === "arrow" || kind === "method";
}

function urlName(linker: Linker, file: string, value: Expr, at: FunctionId, depth = 0): string | null {
	const environment = environmentOf(linker, file, value);
	if (environment) return environment === "DATABASE_URL" ? DEFAULT_DATABASE : environment;
	if (value.k === "literal") return `literal:${String(value.value)}`;
	const init = value.k === "binding" ? linker.facts(file)?.bindings[value.id]?.init : null;
	if (init && depth < 8) return urlName(linker, file, init, at, depth + 1);
	return dependsOnParameter(linker, file, value) ? null : DEFAULT_DATABASE;
}

/** Whether a value is computed from something the caller of the function hands in. */
function dependsOnParameter(linker: Linker, file: string, value: Expr, depth = 0): boolean {
	const facts = linker.facts(file);
	if (depth > 8 || !facts) return false;
	const any = (items: readonly Expr[]): boolean => items.some((item) => dependsOnParameter(linker, file, item, depth + 1));
	switch (value.k) {
		case "binding": {
			const binding = facts.bindings[value.id];
			if (binding?.kind === "parameter") return dependsOnCaller(linker, file, binding.owner);
			if (binding?.init) return any([binding.init]);
			// `for (const url of shards)`: nothing else leaves a constant without a value.
			return binding?.kind === "const";
		}
		case "member":
			return any([value.of]);
		case "call": {
			const call = facts.calls[value.id];
			return call ? any([...call.args, ...(call.callee.k === "member" ? [call.callee.of] : [])]) : false;
		}
		case "new":
			return any(facts.news[value.id]?.args ?? []);
		case "either":
		case "array":
			return any(value.items);
		case "object":
			return any([...value.entries.map((entry) => entry.value), ...value.spreads]);
		case "template":
			return any(value.values);
		default:
			return false;
	}
}
