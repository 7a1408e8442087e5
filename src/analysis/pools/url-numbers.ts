import type { Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { Linker } from "../summaries/linker.js";
import type { OptionNumber, PoolSettings } from "./adapters.js";
import { numbersOf, optionAt } from "./option-values.js";

/** URL parameters of a pool: Prisma's own, and the one that sizes those of the MariaDB and SQL Server drivers. */
const NAMES = "connection_limit|connectionLimit|(?:pool|connect|socket)_timeout|max_(?:idle_)?connection_lifetime";
const PARAMETER = new RegExp(`^(?:${NAMES})$`);
const IN_TEXT = new RegExp(`(?<![\\w-])(${NAMES})=(\\d+)`, "g");
const AT_END = new RegExp(`(?<![\\w-])(${NAMES})=$`);
/** Names that nothing but a database URL's parameters have; other drivers take a `connect_timeout` as an option. */
const KEYS: readonly string[] = ["connection_limit", "pool_timeout"];

/** Numbers that database URLs in a file's code carry: in strings, templates, concatenations and `searchParams.set`. */
export function urlNumbersIn(linker: Linker, file: string): OptionNumber[] {
	const facts = linker.facts(file);
	if (facts === undefined) return [];
	const reader = new UrlReader(linker, file);
	for (const [expression, at] of expressionsOf(facts)) reader.read(expression, at);
	for (const call of facts.calls) {
		const [name, value] = call.args;
		const isSetter = call.callee.k === "member" && /^(set|append)$/.test(call.callee.name ?? "");
		if (isSetter && name?.k === "literal" && typeof name.value === "string" && value !== undefined && PARAMETER.test(name.value)) {
			reader.add(name.value, value, call.function);
		}
	}
	return reader.numbers;
}

/** Numbers that a driver's options have under a parameter's name: options all the same, which reach no URL. */
export function parameterOptions(linker: Linker, { options }: PoolSettings): OptionNumber[] {
	return KEYS.flatMap((option) =>
		options
			.flatMap((located) => optionAt(linker, located, [option]))
			.flatMap((value) => numbersOf(linker, value).map((number) => ({ ...number, option }))),
	);
}

/** Whether a file puts pool parameters into URLs, be it with values that cannot be followed. */
export function writesParameters(facts: FileFacts): boolean {
	const names = (expression: Expr): boolean => {
		if (expression.k === "literal")
			return typeof expression.value === "string" && (PARAMETER.test(expression.value) || hasName(expression.value));
		if (expression.k === "template") return expression.texts.some(hasName);
		if (expression.k === "binary") return names(expression.left) || names(expression.right);
		return false;
	};
	if (facts.calls.some(({ args }) => args.some(names))) return true;
	for (const [expression] of expressionsOf(facts)) if (names(expression)) return true;
	return false;
}

function hasName(text: string): boolean {
	return new RegExp(`(?:${NAMES})=`).test(text);
}

function* expressionsOf(facts: FileFacts): Iterable<readonly [Expr, FunctionId]> {
	for (const site of [...facts.news, ...facts.calls]) for (const argument of site.args) yield [argument, site.function];
	for (const binding of facts.bindings) if (binding.init !== null && binding.kind !== "import") yield [binding.init, binding.owner];
	for (const assignment of facts.assignments) yield [assignment.value, assignment.function];
	for (const [id, fact] of facts.functions.entries()) for (const value of fact.returns) yield [value, id];
	for (const cls of facts.classes) for (const field of cls.fields) if (field.init !== null) yield [field.init, cls.owner];
	for (const fact of facts.exports) if (fact.value !== null) yield [fact.value, 0];
}

class UrlReader {
	readonly #found = new Map<string, OptionNumber>();

	constructor(
		private readonly linker: Linker,
		private readonly file: string,
	) {}

	get numbers(): OptionNumber[] {
		return [...this.#found.values()];
	}

	/** Takes the number a value has; one place counts once, however many names lead to it. */
	add(option: string, expression: Expr, at: FunctionId): void {
		for (const number of numbersOf(this.linker, { file: this.file, expression, at })) this.keep({ ...number, option });
	}

	read(expression: Expr, at: FunctionId): void {
		switch (expression.k) {
			case "literal":
				if (typeof expression.value === "string") this.text(expression.value, expression.span, "literal");
				break;
			case "template":
				this.template(expression, at);
				break;
			case "binary":
				if (expression.op === "+") this.concatenation(expression, at);
				break;
			case "object":
				for (const entry of expression.entries) {
					if (KEYS.includes(entry.key)) this.add(entry.key, entry.value, at);
					else this.read(entry.value, at);
				}
				for (const spread of expression.spreads) this.read(spread, at);
				break;
			case "array":
			case "either":
				for (const item of expression.items) this.read(item, at);
				break;
			case "assign":
				this.read(expression.value, at);
				break;
			default:
				break;
		}
	}

	private template(expression: Expr & { k: "template" }, at: FunctionId): void {
		expression.texts.forEach((text, index) => {
			const value = expression.values[index];
			const option = AT_END.exec(text)?.[1];
			if (option !== undefined && value !== undefined) this.add(option, value, at);
			const isLast = index === expression.texts.length - 1;
			const start = index === 0 ? expression.span.start : expression.span.end - text.length - 2;
			this.text(text, { start, end: start + text.length + 2 }, index === 0 || isLast ? "literal" : "whole", expression.span);
		});
		for (const value of expression.values) this.read(value, at);
	}

	private concatenation(expression: Expr & { k: "binary" }, at: FunctionId): void {
		const parts = addends(expression);
		parts.forEach((part, index) => {
			const text = endOf(part);
			const option = text === null ? undefined : AT_END.exec(text)?.[1];
			const next = parts[index + 1];
			if (option !== undefined && next !== undefined) this.add(option, next, at);
			this.read(part, at);
		});
	}

	/** Offsets inside a string are only known when it holds no escapes; else the whole string is the place. */
	private text(text: string, span: { start: number; end: number }, place: "literal" | "whole", whole = span): void {
		for (const match of text.matchAll(IN_TEXT)) {
			const [written, option = "", digits = ""] = match;
			const isPlain = place === "literal" && span.end - span.start === text.length + 2;
			const start = span.start + 1 + match.index + written.length - digits.length;
			const at = isPlain ? { start, end: start + digits.length } : { start: whole.start, end: whole.end };
			this.keep({ value: Number(digits), option, file: this.file, ...at, environment: null });
		}
	}

	private keep(number: OptionNumber): void {
		this.#found.set(`${number.file}:${number.start}:${number.option}`, number);
	}
}

function addends(expression: Expr): Expr[] {
	if (expression.k !== "binary" || expression.op !== "+") return [expression];
	return [...addends(expression.left), ...addends(expression.right)];
}

function endOf(expression: Expr): string | null {
	if (expression.k === "literal" && typeof expression.value === "string") return expression.value;
	return expression.k === "template" ? (expression.texts.at(-1) ?? null) : null;
}
