import { ts } from "ts-morph";
import { isEmptied } from "./collapse.js";
import type { Edit } from "./edits.js";
import { lineEnd, lineStart, nextLine } from "./lines.js";
import { visit } from "./nodes.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";

/** Drops the `finally` blocks that became empty; a `try` that is left alone gives its statements back to the block around it. */
export function withoutFinally(source: Source, style: Style, removed: ReadonlySet<ts.Statement>): Edit[] {
	const edits: Edit[] = [];
	visit(source.tree, (node) => {
		if (!ts.isTryStatement(node) || !node.finallyBlock || removed.has(node)) return;
		const hasRemoved = node.finallyBlock.statements.some((statement) => removed.has(statement));
		if (!hasRemoved || !isEmptied(node.finallyBlock, removed)) return;
		if (node.catchClause) edits.push({ start: node.catchClause.end, end: node.end, text: "" });
		else edits.push(...unwrapped(source, style, node));
	});
	return edits;
}

function unwrapped(source: Source, style: Style, statement: ts.TryStatement): Edit[] {
	const { text, tree } = source;
	const start = statement.getStart(tree);
	const block = statement.tryBlock;
	const open = block.getStart(tree);
	const close = block.end - 1;
	const ownLines = text.slice(lineStart(text, start), start).trim() === "" && text.slice(open + 1, lineEnd(text, open)).trim() === "";
	if (!ownLines || captures(source, statement)) return asBlock(statement, open);
	const head = { start: lineStart(text, start), end: nextLine(text, open), text: "" };
	const tail = { start: lineStart(text, close), end: nextLine(text, statement.end), text: "" };
	return [head, ...outdented(source, style, block, head.end, tail.start), tail];
}

/** A plain block keeps its own names to itself. */
function asBlock(statement: ts.TryStatement, open: number): Edit[] {
	return [
		{ start: statement.getStart(), end: open, text: "" },
		{ start: statement.tryBlock.end, end: statement.end, text: "" },
	];
}

/** Whether a name declared inside would, outside the braces, clash with or hide another of the same name. */
function captures(source: Source, statement: ts.TryStatement): boolean {
	const names = new Set<string>();
	for (const inner of statement.tryBlock.statements) {
		if (ts.isVariableStatement(inner)) visit(inner.declarationList, (node) => isDeclaredName(node) && names.add(node.text));
		else if ((ts.isFunctionDeclaration(inner) || ts.isClassDeclaration(inner)) && inner.name) names.add(inner.name.text);
	}
	return [...names].some((name) =>
		source.mentions(name).some((mention) => {
			const isInside = statement.tryBlock.pos <= mention.pos && mention.end <= statement.tryBlock.end;
			return !isInside && statement.parent.pos <= mention.pos && mention.end <= statement.parent.end;
		}),
	);
}

function isDeclaredName(node: ts.Node): node is ts.Identifier {
	return ts.isIdentifier(node) && (ts.isVariableDeclaration(node.parent) || ts.isBindingElement(node.parent)) && node.parent.name === node;
}

function outdented(source: Source, style: Style, block: ts.Block, from: number, to: number): Edit[] {
	const { text } = source;
	const templates: ts.Node[] = [];
	visit(block, (node) => {
		if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) templates.push(node);
	});
	const edits: Edit[] = [];
	for (let line = from; line < to; line = nextLine(text, line)) {
		const isText = templates.some((template) => template.getStart(source.tree) < line && line < template.end);
		if (!isText && text.startsWith(style.indent, line)) edits.push({ start: line, end: line + style.indent.length, text: "" });
	}
	return edits;
}
