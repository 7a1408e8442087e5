import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import type { CollectionKind } from "../lifetimes/collections.js";
import { type Growth, growthsIn } from "../lifetimes/growth.js";
import { type Edit, fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { lineStart } from "./lines.js";
import { bare, expressionAt, isPure } from "./nodes.js";
import { indentAt } from "./object-literal.js";
import type { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Enough to look at what happened last, little enough to forget. */
const KEPT = 100;

/** Lets a buffer of queries drop its oldest entry once it holds a hundred. */
export const boundBuffer: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const { collection, span } = growthAt(finding, context);
		const growing = expressionAt(source.tree, span);
		if (!growing) throw new Refusal("Nothing grows at this place any more.");
		const style = styleOf(source, context.model.workspace.packageOf(file));
		const edits = cutSpread(growing) ?? withLimit(source, style, growing, collection.kind);
		return { title: `Keep the latest ${KEPT} entries of ${collection.name}`, changes: [fileEdit(file, source.text, edits)], notes: [] };
	},
};

function growthAt(finding: Finding, { model }: FixContext): Growth {
	const { file } = finding;
	const facts = model.linker.facts(file);
	const growths = facts ? facts.functions.flatMap((_, id) => growthsIn(model.linker, file, facts, id)) : [];
	const growth = growths.find(({ span }) => findingAt(finding, { file, span }, model));
	if (!growth) throw new Refusal("Nothing grows at this place any more.");
	return growth;
}

/** `log = [...log, entry]` → `log = [...log, entry].slice(-100)`; null for other growth. */
function cutSpread(growing: ts.Expression): Edit[] | null {
	const list = ts.isBinaryExpression(growing) ? bare(growing.right) : undefined;
	if (!ts.isBinaryExpression(growing) || !list || !ts.isArrayLiteralExpression(list)) return null;
	const [first] = list.elements;
	const isAppended = first !== undefined && ts.isSpreadElement(first) && first.expression.getText() === growing.left.getText();
	return [{ start: list.end, end: list.end, text: isAppended ? `.slice(-${KEPT})` : `.slice(0, ${KEPT})` }];
}

function withLimit(source: Source, style: Style, growing: ts.Expression, kind: CollectionKind): Edit[] {
	const { text, tree } = source;
	const { parent } = growing;
	const buffer = bufferOf(growing, kind);
	const limit = limitOf(buffer, kind, style);
	if (ts.isExpressionStatement(parent) && (ts.isBlock(parent.parent) || ts.isSourceFile(parent.parent))) {
		const start = parent.getStart(tree);
		const rest = /^(?:[ \t]*\/\/[^\r\n]*|[ \t]*)(?=\r?\n|$)/.exec(text.slice(parent.end))?.[0];
		const isAlone = rest !== undefined && text.slice(lineStart(text, start), start).trim() === "";
		if (isAlone) {
			const at = parent.end + rest.length;
			return [{ start: at, end: at, text: onLines(limit, `${style.newLine}${indentAt(text, start)}`) }];
		}
		const separator = text[parent.end - 1] === ";" ? " " : "; ";
		return [
			{
				start: parent.end,
				end: parent.end,
				text: `${separator}${limitOf(buffer, kind, { ...style, indent: "", semicolon: ";" }).join(" ")}`,
			},
		];
	}
	if (ts.isArrowFunction(parent) && parent.body === growing && isListener(parent)) {
		const outer = `${style.newLine}${indentAt(text, growing.getStart(tree))}`;
		const inner = `${outer}${style.indent}`;
		return [
			{ start: growing.getStart(tree), end: growing.getStart(tree), text: `{${inner}` },
			{ start: growing.end, end: growing.end, text: `${style.semicolon}${onLines(limit, inner)}${outer}}` },
		];
	}
	throw new Refusal("What stands around this call leaves no place for a limit after it. Drop the oldest entries yourself.");
}

function onLines(lines: readonly string[], lead: string): string {
	return lines.map((line) => `${lead}${line}`).join("");
}

/** `$on` does not look at what its listener returns. */
function isListener(callback: ts.ArrowFunction): boolean {
	const call = callback.parent;
	return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === "$on";
}

interface Buffer {
	/** `this.history` */
	readonly name: string;
	/** `push` */
	readonly method: string;
}

function bufferOf(growing: ts.Expression, kind: CollectionKind): Buffer {
	const member = ts.isCallExpression(growing) ? growing.expression : undefined;
	if (kind === "array" && !member)
		throw new Refusal("An index past the end adds an entry here. Use push, and drop the oldest entry after it.");
	if (!member) throw new Refusal("An object has no reliable order to drop its oldest entry by. Make it a Map, or keep a sum.");
	if (!ts.isPropertyAccessExpression(member) || member.questionDotToken)
		throw new Refusal("The buffer may be missing here. Bound it where it is made.");
	const buffer = bare(member.expression);
	if (!isPure(buffer) || ts.isElementAccessExpression(buffer))
		throw new Refusal("A list under a key grows here. Bound it where it is kept.");
	return { name: buffer.getText(), method: member.name.text };
}

/** Statements that drop the oldest entry. */
function limitOf({ name, method }: Buffer, kind: CollectionKind, { indent, semicolon }: Style): string[] {
	if (kind === "array" && method === "push") return [`if (${name}.length > ${KEPT}) ${name}.shift()${semicolon}`];
	if (kind === "array" && method === "unshift") return [`if (${name}.length > ${KEPT}) ${name}.pop()${semicolon}`];
	if ((kind === "map" && method === "set") || (kind === "set" && method === "add")) {
		const oldest = name === "oldest" ? "first" : "oldest";
		return [
			`for (const ${oldest} of ${name}.keys()) {`,
			`${indent}if (${name}.size <= ${KEPT}) break${semicolon}`,
			`${indent}${name}.delete(${oldest})${semicolon}`,
			"}",
		];
	}
	throw new Refusal("How to bound this collection depends on who reads it. Drop the oldest entries yourself.");
}
