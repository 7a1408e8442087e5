import { ts } from "ts-morph";
import { ancestor, bare, within } from "./nodes.js";
import type { Source } from "./source.js";

/** The module a name was imported or required from. */
export function specifierOf(source: Source, declaration: ts.Declaration): string | undefined {
	const statement = ancestor(declaration, ts.isImportDeclaration);
	if (statement && ts.isStringLiteral(statement.moduleSpecifier)) return statement.moduleSpecifier.text;
	if (ts.isImportEqualsDeclaration(declaration) && ts.isExternalModuleReference(declaration.moduleReference)) {
		const { expression } = declaration.moduleReference;
		return ts.isStringLiteral(expression) ? expression.text : undefined;
	}
	const variable = ts.isVariableDeclaration(declaration) ? declaration : ancestor(declaration, ts.isVariableDeclaration);
	return variable?.initializer && requiredSpecifier(source, variable.initializer);
}

export function requiredSpecifier(source: Source, expression: ts.Expression): string | undefined {
	let inner = bare(expression);
	while (ts.isAwaitExpression(inner) || ts.isPropertyAccessExpression(inner)) inner = bare(inner.expression);
	if (ts.isIdentifier(inner)) {
		const declaration = source.declarationOf(inner);
		return declaration && !within(inner, declaration) ? specifierOf(source, declaration) : undefined;
	}
	if (!ts.isCallExpression(inner)) return undefined;
	const isModule = inner.expression.kind === ts.SyntaxKind.ImportKeyword || inner.expression.getText() === "require";
	const [argument] = inner.arguments;
	return isModule && argument && ts.isStringLiteral(argument) ? argument.text : undefined;
}
