import { ts } from "ts-morph";
import { bare, isExported, visit } from "./nodes.js";
import type { Source } from "./source.js";

/** The export that the fix points a file to. */
export interface Target {
	readonly file: string;
	/** `prisma`, `default`, or `export=`. */
	readonly exportName: string;
	readonly access: "value" | { readonly call: string };
}

/** The name a good reader would give what is imported. */
export function defaultName(target: Target): string {
	if (target.access !== "value") return /^[\w$]+/.exec(target.access.call)?.[0] ?? "getPrisma";
	return target.exportName === "default" || target.exportName === "export=" ? "prisma" : target.exportName;
}

/** How the client is reached once its export is called `local` in a file. */
export function accessText(target: Target, local: string): string {
	return target.access === "value" ? local : target.access.call.replace(/^[\w$]+/, local);
}

/** What an export is called inside the file that exports it. */
export function localNameOf(source: Source, exportName: string): ts.Identifier | null {
	let found: ts.Identifier | null = null;
	visit(source.tree, (node) => {
		found ??= exportedIdentifier(node, exportName);
	});
	return found ?? variableNamed(source, exportName);
}

/** Inside its own file a client needs no export. */
function variableNamed(source: Source, name: string): ts.Identifier | null {
	const declarations = source.tree.statements.flatMap((statement) =>
		ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
	);
	const names = declarations.map((declaration) => declaration.name);
	return names.find((candidate): candidate is ts.Identifier => ts.isIdentifier(candidate) && candidate.text === name) ?? null;
}

function exportedIdentifier(node: ts.Node, exportName: string): ts.Identifier | null {
	if (ts.isVariableStatement(node) && isExported(node)) {
		const names = node.declarationList.declarations.map((declaration) => declaration.name);
		return names.find((name): name is ts.Identifier => ts.isIdentifier(name) && name.text === exportName) ?? null;
	}
	if (ts.isExportSpecifier(node) && node.name.text === exportName && !node.parent.parent.moduleSpecifier) {
		const local = node.propertyName ?? node.name;
		return ts.isIdentifier(local) ? local : null;
	}
	if (ts.isExportAssignment(node) && exportName === (node.isExportEquals ? "export=" : "default")) return identifier(node.expression);
	if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
	return commonJsExport(node, exportName);
}

function commonJsExport(assignment: ts.BinaryExpression, exportName: string): ts.Identifier | null {
	const target = assignment.left.getText();
	if (target === `exports.${exportName}` || target === `module.exports.${exportName}`) return identifier(assignment.right);
	if (target !== "module.exports") return null;
	if (exportName === "export=") return identifier(assignment.right);
	const object = bare(assignment.right);
	if (!ts.isObjectLiteralExpression(object)) return null;
	const property = object.properties.find((candidate) => candidate.name?.getText() === exportName);
	if (property && ts.isShorthandPropertyAssignment(property)) return property.name;
	return property && ts.isPropertyAssignment(property) ? identifier(property.initializer) : null;
}

function identifier(expression: ts.Expression): ts.Identifier | null {
	const inner = bare(expression);
	return ts.isIdentifier(inner) ? inner : null;
}
