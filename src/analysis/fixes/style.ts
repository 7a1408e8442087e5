import { ts } from "ts-morph";
import type { Package } from "../workspace/types.js";
import { isExported } from "./nodes.js";
import type { Source } from "./source.js";

export type ModuleStyle = "esm" | "import-equals" | "commonjs";

/** How a file is written, so that what is added looks as if its author had written it. */
export interface Style {
	readonly quote: '"' | "'";
	readonly semicolon: ";" | "";
	readonly indent: string;
	readonly newLine: "\n" | "\r\n";
	readonly modules: ModuleStyle;
}

export function styleOf(source: Source, owner: Package): Style {
	return {
		quote: quoteOf(source.tree),
		semicolon: semicolonOf(source.tree),
		indent: indentOf(source.text),
		newLine: newLineOf(source.text),
		modules: modulesOf(source, owner),
	};
}

export function newLineOf(text: string): Style["newLine"] {
	return text.includes("\r\n") ? "\r\n" : "\n";
}

function quoteOf(tree: ts.SourceFile): '"' | "'" {
	let single = 0;
	let double = 0;
	const visit = (node: ts.Node): void => {
		// JSX attributes are double-quoted by custom whatever the rest of the file does.
		if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
			if (tree.text[node.getStart(tree)] === "'") single++;
			else double++;
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return single > double ? "'" : '"';
}

function semicolonOf(tree: ts.SourceFile): ";" | "" {
	let without = 0;
	let within = 0;
	const visit = (node: ts.Node): void => {
		if (ts.isVariableStatement(node) || ts.isExpressionStatement(node) || ts.isImportDeclaration(node) || ts.isReturnStatement(node)) {
			if (tree.text[node.end - 1] === ";") within++;
			else without++;
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return without > within ? "" : ";";
}

/** The smallest step that occurs, tabs before spaces; a lone space is a comment's asterisk column. */
function indentOf(text: string): string {
	let smallest = 0;
	for (const match of text.matchAll(/^([ \t]+)(?![*\s])/gm)) {
		const lead = match[1] ?? "";
		if (lead.startsWith("\t")) return "\t";
		if (lead.length > 1 && (smallest === 0 || lead.length < smallest)) smallest = lead.length;
	}
	return " ".repeat(smallest || 2);
}

function modulesOf(source: Source, owner: Package): ModuleStyle {
	const { statements } = source.tree;
	const isImportEquals = source.isTypeScript && statements.some(ts.isImportEqualsDeclaration) && !statements.some(ts.isImportDeclaration);
	if (isImportEquals) return "import-equals";
	if (statements.some(isEsm)) return "esm";
	if (/\.c[jt]s$/.test(source.path)) return "commonjs";
	if (/\.m[jt]s$/.test(source.path)) return "esm";
	if (/\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(source.text)) return "commonjs";
	return source.isTypeScript || owner.moduleType === "module" ? "esm" : "commonjs";
}

function isEsm(statement: ts.Statement): boolean {
	if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true;
	if (ts.isExportAssignment(statement)) return !statement.isExportEquals;
	return isExported(statement);
}
