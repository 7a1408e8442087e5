import type { BindingId, Expr, FunctionFact, FunctionId } from "../facts/index.js";
import { configuredName } from "./configured.js";
import { libraryConstants } from "./library-constants.js";
import type { Linker } from "./linker.js";
import { moduleValues } from "./module-values.js";
import { type Constant, type FunctionRef, isEmpty } from "./values.js";

const MAX_DEPTH = 16;
const MAX_CONSTANTS = 8;

/** What the parameters of a function stand for in one call of it, by their bindings in its file. */
interface Given {
	readonly file: string;
	readonly values: ReadonlyMap<BindingId, readonly Constant[]>;
}

/**
 * The constants an expression can have: through names, object members, config functions' results, `60_000`, `5 * 60 * 1000`,
 * `ms("1 minute")`, the workspace's own `minutes(2)` and the default of an environment variable, across files. Nothing when it is not known.
 */
export function evaluate(
	linker: Linker,
	file: string,
	expression: Expr,
	at: FunctionId,
	depth = 0,
	given: Given | null = null,
): readonly Constant[] {
	if (depth > MAX_DEPTH) return [];
	switch (expression.k) {
		case "literal":
			if (expression.value === null) return [];
			return [{ value: expression.value, file, start: expression.span.start, end: expression.span.end, environment: null }];
		case "either":
			return eitherConstants(linker, file, expression, at, depth, given);
		case "binary":
			return arithmetic(linker, file, expression, at, depth, given);
		case "call":
			return callConstants(linker, file, expression.id, depth, given);
		case "binding":
			return bindingConstants(linker, file, expression.id, depth, given);
		case "member":
			return memberConstants(linker, file, expression, at, depth);
		case "assign":
			return evaluate(linker, file, expression.value, at, depth + 1, given);
		default:
			return [];
	}
}

/** The name of the environment variable an expression reads, directly or through `Number(…)`, `parseInt(…)` and the like. */
export function environmentOf(linker: Linker, file: string, expression: Expr): string | null {
	if (expression.k === "member") {
		const { of } = expression;
		const isProcessEnv = of.k === "member" && of.name === "env";
		const isEnvObject =
			of.k === "binding" &&
			/^(env|config)$/i.test(linker.facts(file)?.bindings[of.id]?.name ?? "") &&
			/^[A-Z][A-Z0-9_]+$/.test(expression.name ?? "");
		if (isProcessEnv || isEnvObject) return expression.name;
	}
	if (expression.k === "call") {
		const call = linker.facts(file)?.calls[expression.id];
		for (const argument of call?.args ?? []) {
			const name = environmentOf(linker, file, argument);
			if (name) return name;
		}
	}
	if (expression.k === "either") {
		for (const item of expression.items) {
			const name = environmentOf(linker, file, item);
			if (name) return name;
		}
	}
	return null;
}

function eitherConstants(
	linker: Linker,
	file: string,
	expression: Expr & { k: "either" },
	at: FunctionId,
	depth: number,
	given: Given | null,
): readonly Constant[] {
	const items = expression.items.map((item) => ({ item, constants: evaluate(linker, file, item, at, depth + 1, given) }));
	const [first] = items;
	const isDefault = (expression.op === "??" || expression.op === "||") && first !== undefined && first.constants.length === 0;
	const environment =
		expression.op === "?:"
			? null
			: (environmentOf(linker, file, expression) ?? (isDefault ? configuredName(linker, file, first.item) : null));
	return items
		.flatMap(({ constants }) => constants)
		.map((constant) => (environment ? { ...constant, environment } : constant))
		.slice(0, MAX_CONSTANTS);
}

function arithmetic(
	linker: Linker,
	file: string,
	expression: Expr & { k: "binary" },
	at: FunctionId,
	depth: number,
	given: Given | null,
): readonly Constant[] {
	const [left] = evaluate(linker, file, expression.left, at, depth + 1, given);
	const [right] = evaluate(linker, file, expression.right, at, depth + 1, given);
	if (typeof left?.value !== "number" || typeof right?.value !== "number") return [];
	const value = compute(expression.op, left.value, right.value);
	if (value === null) return [];
	return [{ value, file, start: expression.span.start, end: expression.span.end, environment: left.environment ?? right.environment }];
}

function compute(op: string, left: number, right: number): number | null {
	switch (op) {
		case "*":
			return left * right;
		case "+":
			return left + right;
		case "-":
			return left - right;
		case "/":
			return right === 0 ? null : left / right;
		case "**":
			return left ** right;
		default:
			return null;
	}
}

function bindingConstants(linker: Linker, file: string, id: number, depth: number, given: Given | null): readonly Constant[] {
	const binding = linker.facts(file)?.bindings[id];
	if (!binding) return [];
	const handed = given?.file === file ? given.values.get(id) : undefined;
	if (handed) return handed;
	if (binding.imported) return importedConstants(linker, file, binding.imported, depth);
	if (binding.kind === "parameter" && binding.init) return evaluate(linker, file, binding.init, binding.owner, depth + 1);
	const own = binding.init && !isEmpty(binding.init) ? evaluate(linker, file, binding.init, binding.owner, depth + 1, given) : [];
	if (binding.kind !== "let" && binding.kind !== "var") return own;
	const later = linker.assignmentsTo(file, `binding:${id}`).flatMap(({ value, at }) => evaluate(linker, file, value, at, depth + 1));
	return [...own, ...later].slice(0, MAX_CONSTANTS);
}

function importedConstants(
	linker: Linker,
	file: string,
	imported: { specifier: string; name: string },
	depth: number,
): readonly Constant[] {
	return moduleValues(linker, file, imported.specifier).flatMap((module) =>
		module.k === "module" ? exportedConstants(linker, module.file, imported.name, depth + 1) : [],
	);
}

function exportedConstants(linker: Linker, file: string, name: string, depth: number): readonly Constant[] {
	if (depth > MAX_DEPTH) return [];
	return (linker.facts(file)?.exports ?? []).flatMap((fact) => {
		if (fact.name !== name && fact.name !== "*") return [];
		if (fact.from)
			return importedConstants(
				linker,
				file,
				{ specifier: fact.from.specifier, name: fact.name === "*" ? name : fact.from.name },
				depth + 1,
			);
		return fact.value ? evaluate(linker, file, fact.value, 0, depth + 1) : [];
	});
}

function memberConstants(
	linker: Linker,
	file: string,
	expression: Expr & { k: "member" },
	at: FunctionId,
	depth: number,
): readonly Constant[] {
	const { name } = expression;
	if (name === null) return [];
	return linker
		.values(file, expression.of, at)
		.flatMap((owner) => {
			if (owner.k === "object") {
				const entry = owner.expression.entries.find((candidate) => candidate.key === name);
				return entry ? evaluate(linker, owner.file, entry.value, owner.at, depth + 1) : [];
			}
			if (owner.k === "module") return exportedConstants(linker, owner.file, name, depth + 1);
			if (owner.k !== "instance" && owner.k !== "class") return [];
			const cls = owner.k === "class" ? owner : owner.of;
			const fact = cls.k === "class" ? linker.facts(cls.file)?.classes[cls.id] : undefined;
			const field = fact?.fields.find((candidate) => candidate.name === name);
			return field?.init && cls.k === "class" ? evaluate(linker, cls.file, field.init, fact?.instanceInit ?? 0, depth + 1) : [];
		})
		.slice(0, MAX_CONSTANTS);
}

/** What a workspace function returns for these arguments; else `ms("1 minute")`, `Number(x)`, `parseInt(x, 10)`, `Math.min(a, b)`. */
function callConstants(linker: Linker, file: string, id: number, depth: number, given: Given | null): readonly Constant[] {
	const call = linker.facts(file)?.calls[id];
	if (!call) return [];
	const args = call.args.map((argument) => evaluate(linker, file, argument, call.function, depth + 1, given));
	const returned = linker.values(file, call.callee, call.function).flatMap((value) => {
		const fact = value.k === "function" ? linker.facts(value.file)?.functions[value.id] : undefined;
		return fact && value.k === "function" ? returnedConstants(linker, value, fact, args, depth) : [];
	});
	// What an argument decides is to be changed where the function is called.
	const isDecided = args.some((constants) => constants.length > 0);
	const place = { file, start: call.span.start, end: call.span.end };
	if (returned.length > 0) return returned.map((constant) => (isDecided ? { ...constant, ...place } : constant)).slice(0, MAX_CONSTANTS);
	return libraryConstants(linker, file, call, calleeName(linker, file, call.callee), args);
}

function returnedConstants(
	linker: Linker,
	{ file, id }: FunctionRef,
	fact: FunctionFact,
	args: readonly (readonly Constant[])[],
	depth: number,
): readonly Constant[] {
	const values = new Map(fact.params.flatMap((param, index) => (args[index]?.length ? [[param, args[index]] as const] : [])));
	return fact.returns.flatMap((result) => evaluate(linker, file, result, id, depth + 1, { file, values }));
}

export function calleeName(linker: Linker, file: string, callee: Expr): string | null {
	if (callee.k === "global") return callee.name;
	if (callee.k === "member") return callee.name;
	return callee.k === "binding" ? (linker.facts(file)?.bindings[callee.id]?.name ?? null) : null;
}
