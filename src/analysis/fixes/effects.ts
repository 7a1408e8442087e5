import { ts } from "ts-morph";
import { bare } from "./nodes.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";

const HARMLESS_CALLS = new Set(["require", "parseInt", "parseFloat", "Number", "String", "Boolean"]);

/** Evaluating it does nothing that anyone else sees. Pools and adapters connect only when they are used. */
export function isWithoutEffect(source: Source, expression: ts.Expression): boolean {
	const inner = bare(expression);
	if (ts.isFunctionLike(inner) || ts.isClassExpression(inner)) return true;
	if (ts.isCallExpression(inner)) {
		const callee = inner.expression;
		const isHarmless = callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && HARMLESS_CALLS.has(callee.text));
		return isHarmless && inner.arguments.every((argument) => isWithoutEffect(source, argument));
	}
	if (ts.isNewExpression(inner) && !isDatabaseClass(source, inner.expression)) return false;
	const isEffect = ts.isTaggedTemplateExpression(inner) || ts.isDeleteExpression(inner) || ts.isYieldExpression(inner);
	const isChange =
		ts.isPostfixUnaryExpression(inner) ||
		(ts.isPrefixUnaryExpression(inner) && inner.operator >= ts.SyntaxKind.PlusPlusToken && inner.operator <= ts.SyntaxKind.MinusMinusToken);
	if (isEffect || isChange || isAssigningExpression(inner)) return false;
	let isHarmless = true;
	ts.forEachChild(inner, (child) => {
		isHarmless &&= everyExpression(source, child);
	});
	return isHarmless;
}

function everyExpression(source: Source, node: ts.Node): boolean {
	if (ts.isExpression(node)) return isWithoutEffect(source, node);
	let isHarmless = true;
	ts.forEachChild(node, (child) => {
		isHarmless &&= everyExpression(source, child);
	});
	return isHarmless;
}

function isAssigningExpression(node: ts.Expression): boolean {
	return (
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
		node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
	);
}

const DATABASE_PACKAGES = /^(@prisma\/|pg$|mysql2|mariadb$|mssql$|@libsql\/|@neondatabase\/|@planetscale\/|better-sqlite3$)/;

export function isDatabaseClass(source: Source, callee: ts.Expression): boolean {
	let root: ts.Expression = bare(callee);
	while (ts.isPropertyAccessExpression(root)) root = bare(root.expression);
	if (root.getText() === "URL") return true;
	const declaration = ts.isIdentifier(root) ? source.declarationOf(root) : undefined;
	const specifier = declaration && specifierOf(source, declaration);
	return specifier !== undefined && DATABASE_PACKAGES.test(specifier);
}
