import { ts } from "ts-morph";
import { applyEdits, combine, type Edit } from "../edits.js";
import { lineStart, nextLine } from "../lines.js";
import { visit } from "../nodes.js";

/** TypeScript whose types can be left out, as JavaScript: what is left stands as it stood. */
export function eraseTypes(text: string): string {
	const tree = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
	const edits: Edit[] = [];
	visit(tree, (node) => edits.push(...typesOf(text, node)));
	return applyEdits(text, combine(edits))
		.replaceAll(/\n{3,}/g, "\n\n")
		.trimStart();
}

function typesOf(text: string, node: ts.Node): Edit[] {
	if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [withDocs(text, node)];
	if (ts.isAsExpression(node)) return [cut(node.expression.end, node.end)];
	if (node.kind === ts.SyntaxKind.ReadonlyKeyword || node.kind === ts.SyntaxKind.PrivateKeyword) return [withSpace(text, node)];
	const annotated = ts.isParameter(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isFunctionLike(node);
	return [...(annotated && node.type ? [annotation(text, node.type)] : []), ...angled(text, node)];
}

/** `: type` */
function annotation(text: string, type: ts.TypeNode): Edit {
	return cut(text.lastIndexOf(":", type.getStart()), type.end);
}

/** `<T>`, of a declaration, a call or a `new`. */
function angled(text: string, node: ts.Node): Edit[] {
	const isGeneric = ts.isFunctionLike(node) || ts.isClassLike(node);
	const parameters = isGeneric ? node.typeParameters : undefined;
	const list = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.typeArguments : parameters;
	return list ? [cut(list.pos - 1, text.indexOf(">", list.end) + 1)] : [];
}

function withDocs(text: string, statement: ts.Statement): Edit {
	const [comment] = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
	return cut(lineStart(text, comment?.pos ?? statement.getStart()), nextLine(text, statement.end));
}

function withSpace(text: string, keyword: ts.Node): Edit {
	return cut(keyword.getStart(), text.startsWith(" ", keyword.end) ? keyword.end + 1 : keyword.end);
}

function cut(start: number, end: number): Edit {
	return { start, end, text: "" };
}
