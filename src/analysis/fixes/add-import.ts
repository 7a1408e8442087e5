import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";
import type { Style } from "./style.js";

export interface AddedImport {
	/** Under which name the file knows it. */
	readonly local: string;
	/** Null when the file imports it already. */
	readonly edit: Edit | null;
}

/** Imports a name from a package, the way the file imports. */
export function addImport(source: Source, style: Style, specifier: string, name: string): AddedImport {
	const known = source
		.mentions(name)
		.map((mention) => source.declarationOf(mention))
		.find((declaration) => declaration !== undefined && specifierOf(source, declaration) === specifier);
	if (known) return { local: name, edit: null };
	const { quote, semicolon, newLine } = style;
	const from = `${quote}${specifier}${quote}`;
	const line =
		style.modules === "commonjs" ? `const { ${name} } = require(${from})${semicolon}` : `import { ${name} } from ${from}${semicolon}`;
	const last = source.tree.statements.findLast(isImport);
	if (last) return { local: name, edit: { start: last.end, end: last.end, text: `${newLine}${line}` } };
	const start = source.tree.statements.find((statement) => !isDirective(statement))?.getStart(source.tree) ?? source.text.length;
	return { local: name, edit: { start, end: start, text: `${line}${newLine}${newLine}` } };
}

function isImport(statement: ts.Statement): boolean {
	if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
	if (!ts.isVariableStatement(statement)) return false;
	return statement.declarationList.declarations.some(
		({ initializer }) => initializer !== undefined && /^require\(/.test(initializer.getText()),
	);
}

/** `"use strict"` */
function isDirective(statement: ts.Statement): boolean {
	return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
