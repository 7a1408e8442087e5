import type { ts } from "ts-morph";
import { type Context, into } from "./context.js";
import type { Lowering } from "./lowering.js";
import { isExternalModuleReference, isNamespaceExport, isNamespaceImport, isStringLiteral, SyntaxKind } from "./syntax.js";
import type { Expr } from "./types.js";

/** Imports and exports in all their forms; CommonJS exports are read off their assignments in `commonjs.ts`. */

export function lowerImport(w: Lowering, node: ts.ImportDeclaration, context: Context): void {
	if (!isStringLiteral(node.moduleSpecifier)) return;
	const specifier = node.moduleSpecifier.text;
	const clause = node.importClause;
	const typeOnly = clause?.phaseModifier === SyntaxKind.TypeKeyword;
	w.facts.usesEsm = true;
	w.facts.imports.push({ specifier, span: w.span(node), typeOnly });
	if (!clause) return;
	if (clause.name) importName(w, clause.name, specifier, "default", context);
	const named = clause.namedBindings;
	if (named && isNamespaceImport(named)) importName(w, named.name, specifier, "*", context);
	else if (named)
		for (const element of named.elements) importName(w, element.name, specifier, (element.propertyName ?? element.name).text, context);
}

/** `import x = require("x")`; `import x = A.B` names a type or namespace and is not followed. */
export function lowerImportEquals(w: Lowering, node: ts.ImportEqualsDeclaration, context: Context): void {
	if (!isExternalModuleReference(node.moduleReference) || !isStringLiteral(node.moduleReference.expression)) return;
	const specifier = node.moduleReference.expression.text;
	w.facts.imports.push({ specifier, span: w.span(node), typeOnly: node.isTypeOnly });
	importName(w, node.name, specifier, "*", context);
}

function importName(w: Lowering, node: ts.Identifier, specifier: string, name: string, context: Context): void {
	const id = w.facts.bind({
		kind: "import",
		name: node.text,
		span: w.span(node),
		owner: context.function,
		init: null,
		imported: { specifier, name },
	});
	context.scope.declare(node.text, id);
}

export function lowerExport(w: Lowering, node: ts.ExportDeclaration, context: Context): void {
	w.facts.usesEsm = true;
	const specifier = node.moduleSpecifier && isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null;
	if (specifier !== null) w.facts.imports.push({ specifier, span: w.span(node), typeOnly: node.isTypeOnly });
	const span = w.span(node);
	if (!node.exportClause) {
		if (specifier !== null) w.facts.exports.push({ name: "*", value: null, from: { specifier, name: "*" }, span });
	} else if (isNamespaceExport(node.exportClause)) {
		if (specifier !== null) w.facts.exports.push({ name: node.exportClause.name.text, value: null, from: { specifier, name: "*" }, span });
	} else {
		for (const element of node.exportClause.elements) lowerExportSpecifier(w, element, specifier, context);
	}
}

function lowerExportSpecifier(w: Lowering, element: ts.ExportSpecifier, specifier: string | null, context: Context): void {
	const local = (element.propertyName ?? element.name).text;
	const span = w.span(element);
	if (specifier !== null) {
		w.facts.exports.push({ name: element.name.text, value: null, from: { specifier, name: local }, span });
		return;
	}
	const id = context.scope.lookup(local);
	const value: Expr | null = id === undefined ? null : { k: "binding", id };
	w.facts.exports.push({ name: element.name.text, value, span });
}

export function lowerExportAssignment(w: Lowering, node: ts.ExportAssignment, context: Context): void {
	const name = node.isExportEquals ? "export=" : "default";
	if (!node.isExportEquals) w.facts.usesEsm = true;
	const value = w.expression(node.expression, context, into({ k: "export", name }));
	w.facts.exports.push({ name, value, span: w.span(node) });
}
