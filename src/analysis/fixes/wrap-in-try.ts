import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { deletions, lineStart, nextLine } from "./lines.js";
import { visit, within } from "./nodes.js";
import { indentAt } from "./object-literal.js";
import type { Source } from "./source.js";
import type { Style } from "./style.js";
import { Refusal } from "./types.js";

/**
 * `try { … } finally { closing }` around statements that end their block.
 * @throws a `Refusal` where that would take a name from who uses it, or where the lines are not the statements' own.
 */
export function wrapInTry(
	source: Source,
	style: Style,
	statements: readonly ts.Statement[],
	removed: ts.Statement | null,
	closing: string,
): Edit[] {
	const kept = statements.filter((statement) => statement !== removed);
	const [first] = kept;
	const last = kept.at(-1);
	if (!first || !last) throw new Refusal("Nothing runs between the client and its end.");
	for (const statement of kept) requireUnshared(source, statement, statements);
	const { text, tree } = source;
	const start = first.getStart(tree);
	if (text.slice(lineStart(text, start), start).trim() !== "")
		throw new Refusal("Several statements share a line here. Put them on lines of their own first.");
	const { indent, newLine, semicolon } = style;
	const outer = `${newLine}${indentAt(text, start)}`;
	const end = last.end + (/^[ \t]*\/\/[^\r\n]*/.exec(text.slice(last.end))?.[0].length ?? 0);
	return [
		{ start, end: start, text: `try {${outer}${indent}` },
		...indented(source, style, start, end, removed),
		...(removed ? deletions(text, [{ start: removed.getStart(tree), end: removed.end }]) : []),
		{ start: end, end, text: `${outer}} finally {${outer}${indent}${closing}${semicolon}${outer}}` },
	];
}

/** What is declared inside the braces is seen there alone. */
function requireUnshared(source: Source, statement: ts.Statement, statements: readonly ts.Statement[]): void {
	if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
		throw new Refusal("A function or class is declared after the client. Move it up first.");
	if (!ts.isVariableStatement(statement)) return;
	if (ts.getModifiers(statement)?.length)
		throw new Refusal("The module exports what it makes after the client. Close the client yourself.");
	visit(statement.declarationList, (node) => {
		if (!ts.isVariableDeclaration(node) && !ts.isBindingElement(node)) return;
		const isShared = source.references(node).some((mention) => !statements.some((inner) => within(mention, inner)));
		if (isShared) throw new Refusal(`${node.name.getText()} is also used outside the lines to wrap. Close the client yourself.`);
	});
}

function indented({ text, tree }: Source, { indent }: Style, start: number, end: number, removed: ts.Statement | null): Edit[] {
	const templates: ts.Node[] = [];
	visit(tree, (node) => {
		if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) templates.push(node);
	});
	const edits: Edit[] = [];
	for (let line = nextLine(text, start); line < end; line = nextLine(text, line)) {
		const isText = templates.some((template) => template.getStart(tree) < line && line < template.end);
		const isGone = removed !== null && lineStart(text, removed.getStart(tree)) <= line && line < removed.end;
		const isBlank = text.slice(line, nextLine(text, line)).trim() === "";
		if (!isText && !isGone && !isBlank) edits.push({ start: line, end: line, text: indent });
	}
	return edits;
}
