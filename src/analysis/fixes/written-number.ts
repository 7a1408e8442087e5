import { ts } from "ts-morph";
import type { FileChange } from "../../protocol/index.js";
import type { Span } from "../facts/types.js";
import type { Place } from "../rules/types.js";
import { fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixContext } from "./kind.js";
import { ancestor, expressionAt, isCast, statementOf } from "./nodes.js";
import { numberText } from "./object-literal.js";
import { Refusal } from "./types.js";

/**
 * Gives a number another value where it is written: a literal, a product such as `5 * 60_000`, digits in quotes, or the parameter
 * `option` of a URL, in a source, an env file or a schema.
 * @throws a `Refusal` when other code uses the same number
 */
export function rewriteNumber(context: FixContext, place: Place, option: string, value: number): FileChange {
	const text = context.text(place.file);
	const { start, end } = "span" in place ? place.span : spanOf(place.range, text);
	if ("span" in place) {
		const { name, count } = usesOf(context, place.file, place.span);
		if (count > 1) throw new Refusal(`\`${name}\` in ${place.file} is used in ${count} places. Change it where all of them are meant.`);
	}
	const written = text.slice(start, end);
	return fileEdit(place.file, text, [{ start, end, text: rewritten(written, option, value) }]);
}

/** Whether a number that is written at a place of its own serves other code too. */
export function isUsedElsewhere(context: FixContext, { file, span }: { readonly file: string; readonly span: Span }): boolean {
	return usesOf(context, file, span).count > 1;
}

function rewritten(written: string, option: string, value: number): string {
	const digits = numberText(value, written);
	const [, quote = "", inner = ""] = /^(["'`])(.*)\1$/s.exec(written) ?? [];
	if (quote === "") return digits;
	if (/^\s*\d+\s*$/.test(inner)) return `${quote}${value}${quote}`;
	const parameter = new RegExp(`(?<![\\w-])(${option}=)\\d+`);
	if (!parameter.test(inner)) throw new Refusal("The number is written in a way that a machine cannot change.");
	return `${quote}${inner.replace(parameter, `$1${value}`)}${quote}`;
}

/** How many places read the constant or the config object's member that a number is written in; 1 when it is written where it is used. */
function usesOf(context: FixContext, file: string, span: Span): { readonly name: string; readonly count: number } {
	const source = context.source(file);
	const node = expressionAt(source.tree, span);
	const owner = node && ownerOf(node);
	if (!owner || !ts.isIdentifier(owner.name)) return { name: "", count: 1 };
	const name = owner.name.text;
	if (ts.isVariableDeclaration(owner)) {
		const local = source.references(owner).filter(({ parent }) => !ts.isExportSpecifier(parent));
		return { name, count: local.length + context.workspace.usersOf(file, name).length };
	}
	const constant = ancestor(owner, ts.isVariableDeclaration);
	const isNamed = constant && ts.isIdentifier(constant.name) && statementOf(constant) !== undefined;
	if (!isNamed || !ts.isIdentifier(constant.name)) return { name, count: 1 };
	const files = [file, ...context.workspace.usersOf(file, constant.name.text)];
	const reads = files.map((each) => [...context.text(each).matchAll(new RegExp(`\\.${name}\\b`, "g"))].length);
	return { name: `${constant.name.text}.${name}`, count: reads.reduce((sum, each) => sum + each, 0) };
}

/** What gives the number a name. */
function ownerOf(expression: ts.Node): ts.VariableDeclaration | ts.PropertyAssignment | null {
	let value = expression;
	while (ts.isParenthesizedExpression(value.parent) || isCast(value.parent)) value = value.parent;
	const { parent } = value;
	return (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && parent.initializer === value ? parent : null;
}
