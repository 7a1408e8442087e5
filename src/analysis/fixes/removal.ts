import { ts } from "ts-morph";
import { type ClientPlace, isGlobalStore } from "./client-place.js";
import { ancestor, bare, isAssignment, isExported, isNothing, isPure, statementOf, visit } from "./nodes.js";
import type { Source } from "./source.js";

/** How a client leaves its place. */
export type Removal =
	/** The variable goes: the import takes its name, or its mentions take the import's. */
	| {
			readonly kind: "drop";
			readonly declaration: ts.VariableDeclaration;
			/** Statements that only served the variable: its assignment, its hot-reload guard. */
			readonly companions: readonly ts.Statement[];
			/** The statement that exports it, when it is exported where it is declared. */
			readonly exported: ts.VariableStatement | null;
	  }
	/** The shared client stands in its stead: fields, arguments, defaults, and what is more than a plain variable. */
	| { readonly kind: "replace"; readonly node: ts.Expression };

export function removalOf(source: Source, place: ClientPlace): Removal {
	return dropOf(source, place) ?? { kind: "replace", node: place.value };
}

function dropOf(source: Source, place: ClientPlace): Removal | null {
	const { holder } = place;
	if (place.outer !== place.value || (holder.kind !== "variable" && holder.kind !== "assigned")) return null;
	const { declaration } = holder;
	const statement = statementOf(declaration);
	if (!statement || ts.isModuleBlock(statement.parent) || !isOfClass(source, declaration.type, place)) return null;
	const mentions = source.references(declaration);
	const writes = mentions.filter(isWritten);
	if (holder.kind === "variable") {
		const exported = isExported(statement) ? statement : null;
		if (writes.length > 0 || (exported && exported.declarationList.declarations.length > 1)) return null;
		return { kind: "drop", declaration, companions: guardStatements(source, mentions), exported };
	}
	if (declaration.initializer && !isNothing(declaration.initializer)) return null;
	if (isExported(statement)) return null;
	const companions = soleAssignment(holder.assignment, mentions, writes) ?? guardBlock(source, declaration, writes);
	return companions && { kind: "drop", declaration, companions, exported: null };
}

/** No annotation, or one that names the client's class; `any` and wider types may carry what the shared client is not. */
function isOfClass(source: Source, annotation: ts.TypeNode | undefined, place: ClientPlace): boolean {
	if (!annotation) return true;
	const parts = ts.isUnionTypeNode(annotation) ? [...annotation.types] : [annotation];
	const named = parts.filter((part) => !isNothingType(part));
	return named.every((part) => ts.isTypeReferenceNode(part) && refersToClass(source, part, place));
}

function refersToClass(source: Source, type: ts.TypeReferenceNode, place: ClientPlace): boolean {
	const callee = bare(place.creation.expression);
	if (!ts.isIdentifier(callee) || !ts.isIdentifier(type.typeName)) return type.typeName.getText() === callee.getText();
	const declaration = source.declarationOf(type.typeName);
	return declaration !== undefined && (declaration === source.declarationOf(callee) || type.typeName.text === callee.text);
}

function isNothingType(type: ts.TypeNode): boolean {
	return type.kind === ts.SyntaxKind.UndefinedKeyword || (ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword);
}

function isWritten(mention: ts.Identifier): boolean {
	const parent = mention.parent;
	if (ts.isBinaryExpression(parent) && parent.left === mention) {
		const kind = parent.operatorToken.kind;
		return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
	}
	if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === mention;
	const inPattern = ts.isArrayLiteralExpression(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent);
	return inPattern && isPattern(parent);
}

function isPattern(node: ts.Node): boolean {
	const outer = ancestor(node, ts.isBinaryExpression);
	return outer !== undefined && isAssignment(outer) && outer.left.pos <= node.pos && node.end <= outer.left.end;
}

/** `if (NODE_ENV !== "production") globalThis.prisma = prisma` goes with the variable it keeps. */
function guardStatements(source: Source, mentions: readonly ts.Identifier[]): ts.Statement[] {
	return mentions.flatMap((mention) => {
		const parent = mention.parent;
		const isKept = isAssignment(parent) && parent.right === mention && isGlobalStore(source, parent.left);
		return isKept && ts.isExpressionStatement(parent.parent) ? [parent.parent] : [];
	});
}

/** `let prisma; … prisma = new …` once: nothing else runs only because the variable was still empty. */
function soleAssignment(
	assignment: ts.BinaryExpression,
	mentions: readonly ts.Identifier[],
	writes: readonly ts.Identifier[],
): ts.Statement[] | null {
	const statement = assignment.parent;
	if (writes.length !== 1 || !ts.isExpressionStatement(statement)) return null;
	const isSafe = mentions.every((mention) => {
		const test = conditionAround(mention);
		return !test || branches(test).every((inner) => inner === statement || ts.isReturnStatement(inner) || isDisconnect(inner));
	});
	return isSafe ? [statement] : null;
}

function conditionAround(mention: ts.Identifier): ts.IfStatement | undefined {
	const test = ancestor(mention, ts.isIfStatement);
	return test && test.expression.pos <= mention.pos && mention.end <= test.expression.end ? test : undefined;
}

function branches(statement: ts.IfStatement): ts.Statement[] {
	const parts = statement.elseStatement ? [statement.thenStatement, statement.elseStatement] : [statement.thenStatement];
	return parts.flatMap((part) => (ts.isBlock(part) ? [...part.statements] : [part]));
}

function isDisconnect(statement: ts.Statement): boolean {
	return ts.isExpressionStatement(statement) && /\.\$disconnect\(\)\s*;?$/.test(statement.getText());
}

/** One `if` that does nothing but fill the variable and its place on `globalThis`. */
function guardBlock(source: Source, declaration: ts.VariableDeclaration, writes: readonly ts.Identifier[]): ts.Statement[] | null {
	const owner = statementOf(declaration)?.parent;
	const whole =
		owner && (ts.isSourceFile(owner) || ts.isBlock(owner))
			? owner.statements.find((inner) => writes.every((write) => inner.pos <= write.pos && write.end <= inner.end))
			: undefined;
	if (!whole || !ts.isIfStatement(whole) || writes.length < 2) return null;
	let onlyFills = true;
	visit(whole, (node) => {
		if (ts.isIfStatement(node)) onlyFills &&= isPure(node.expression);
		else if (ts.isStatement(node) && !ts.isBlock(node))
			onlyFills &&= ts.isExpressionStatement(node) && fills(source, declaration, node.expression);
	});
	return onlyFills ? [whole] : null;
}

function fills(source: Source, declaration: ts.VariableDeclaration, expression: ts.Expression): boolean {
	if (!isAssignment(expression)) return false;
	const target = bare(expression.left);
	return isGlobalStore(source, target) || (ts.isIdentifier(target) && source.declarationOf(target) === declaration);
}
