import { ts } from "ts-morph";
import type { FileChange } from "../../protocol/index.js";
import type { Place } from "../rules/types.js";
import { lineStartsOf } from "../workspace/index.js";
import { fileEdit } from "./edits.js";
import type { FixContext } from "./kind.js";
import { expressionAt } from "./nodes.js";
import { numberText } from "./object-literal.js";
import { Refusal } from "./types.js";

/**
 * Gives a number another value where it is written: a literal, a product such as `5 * 60_000`, digits in quotes, or the parameter
 * `option` of a URL, in a source, an env file or a schema.
 * @throws a `Refusal` when other code uses the same number
 */
export function rewriteNumber(context: FixContext, place: Place, option: string, value: number): FileChange {
	const text = context.text(place.file);
	const { start, end } = "span" in place ? place.span : offsetsOf(text, place.range);
	if ("span" in place) refuseSharedConstant(context, place.file, start, end);
	const written = text.slice(start, end);
	return fileEdit(place.file, text, [{ start, end, text: rewritten(written, option, value) }]);
}

function offsetsOf(
	text: string,
	range: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number },
) {
	const lineStarts = lineStartsOf(text);
	const offset = (line: number, column: number): number => (lineStarts[line - 1] ?? text.length) + column - 1;
	return { start: offset(range.line, range.column), end: offset(range.endLine, range.endColumn) };
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

function refuseSharedConstant(context: FixContext, file: string, start: number, end: number): void {
	const source = context.source(file);
	const node = expressionAt(source.tree, { start, end });
	const declaration = node && constantOf(node);
	if (!declaration || !ts.isIdentifier(declaration.name)) return;
	const name = declaration.name.text;
	const local = source.references(declaration).filter(({ parent }) => !ts.isExportSpecifier(parent)).length;
	const uses = local + context.workspace.usersOf(file, name).length;
	if (uses > 1) throw new Refusal(`\`${name}\` in ${file} is used in ${uses} places. Change it where all of them are meant.`);
}

function constantOf(expression: ts.Node): ts.VariableDeclaration | null {
	let value = expression;
	while (ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent) || ts.isSatisfiesExpression(value.parent))
		value = value.parent;
	return ts.isVariableDeclaration(value.parent) && value.parent.initializer === value ? value.parent : null;
}
