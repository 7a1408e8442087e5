import { ts } from "ts-morph";
import { ancestor, bare, isAssignment, isCast, isFallback } from "./nodes.js";
import type { Source } from "./source.js";

/** What holds the client, which tells what to look for when it goes. */
export type Holder =
	/** `const prisma = new …` */
	| { readonly kind: "variable"; readonly declaration: ts.VariableDeclaration }
	/** `prisma = new …`, declared elsewhere in the file. */
	| { readonly kind: "assigned"; readonly declaration: ts.VariableDeclaration; readonly assignment: ts.BinaryExpression }
	/** `this.prisma = new …` or a class field. */
	| { readonly kind: "field"; readonly owner: ts.ClassLikeDeclaration; readonly name: string }
	| { readonly kind: "parameter"; readonly declaration: ts.ParameterDeclaration }
	| { readonly kind: "none" };

export interface ClientPlace {
	readonly creation: ts.NewExpression;
	/** The `new` with its `$extends(…)`. */
	readonly made: ts.Expression;
	/** The expression whose value is the client: `made` with its hot-reload guard. */
	readonly value: ts.Expression;
	/** `value` with the casts around it. */
	readonly outer: ts.Expression;
	readonly isGuarded: boolean;
	/** Arguments of `.$extends(…)`, innermost first. */
	readonly extensions: readonly ts.Expression[];
	readonly holder: Holder;
}

export function clientPlace(source: Source, creation: ts.NewExpression): ClientPlace {
	let made: ts.Expression = creation;
	let value: ts.Expression = creation;
	let outer: ts.Expression = creation;
	let isGuarded = false;
	const extensions: ts.Expression[] = [];
	for (;;) {
		const parent: ts.Node = outer.parent;
		if (isCast(parent)) {
			outer = parent;
		} else if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) {
			value = outer === value ? parent : value;
			outer = parent;
		} else if (isExtension(parent)) {
			extensions.push(...parent.parent.arguments);
			made = value = outer = parent.parent;
		} else if (isGuard(source, parent, outer)) {
			isGuarded = true;
			value = outer = parent;
		} else {
			return { creation, made, value, outer, isGuarded, extensions, holder: holderOf(source, outer) };
		}
	}
}

function isExtension(node: ts.Node): node is ts.PropertyAccessExpression & { readonly parent: ts.CallExpression } {
	return (
		ts.isPropertyAccessExpression(node) &&
		node.name.text === "$extends" &&
		ts.isCallExpression(node.parent) &&
		node.parent.expression === node
	);
}

/** `globalThis.prisma ?? new …`, `(globalThis.prisma ??= new …)` */
function isGuard(source: Source, node: ts.Node, inner: ts.Expression): node is ts.BinaryExpression {
	if (isFallback(node)) return node.right === inner && isGlobalStore(source, node.left);
	return isAssignment(node) && node.right === inner && isGlobalStore(source, node.left) && !ts.isExpressionStatement(node.parent);
}

/** A member of `globalThis`, also through a variable that stands for it: `globalForPrisma.prisma`. */
export function isGlobalStore(source: Source, expression: ts.Expression): boolean {
	const inner = bare(expression);
	if (!ts.isPropertyAccessExpression(inner) && !ts.isElementAccessExpression(inner)) return false;
	return isGlobalObject(source, inner.expression);
}

function isGlobalObject(source: Source, expression: ts.Expression): boolean {
	const inner = bare(expression);
	if (!ts.isIdentifier(inner)) return false;
	const declaration = source.declarationOf(inner);
	if (!declaration) return inner.text === "globalThis" || inner.text === "global";
	return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined && isGlobalObject(source, declaration.initializer);
}

function holderOf(source: Source, outer: ts.Expression): Holder {
	const parent = outer.parent;
	if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return { kind: "variable", declaration: parent };
	if (ts.isParameter(parent)) return { kind: "parameter", declaration: parent };
	if (ts.isPropertyDeclaration(parent) && ts.isClassLike(parent.parent)) {
		return { kind: "field", owner: parent.parent, name: parent.name.getText() };
	}
	if (isAssignment(parent) && parent.right === outer) return assignedHolder(source, parent);
	return { kind: "none" };
}

function assignedHolder(source: Source, assignment: ts.BinaryExpression): Holder {
	const target = bare(assignment.left);
	if (ts.isIdentifier(target)) {
		const declaration = source.declarationOf(target);
		if (declaration && ts.isVariableDeclaration(declaration)) return { kind: "assigned", declaration, assignment };
	}
	const owner = ancestor(assignment, ts.isClassLike);
	const isMember = ts.isPropertyAccessExpression(target) && owner;
	if (isMember && (target.expression.kind === ts.SyntaxKind.ThisKeyword || target.expression.getText() === owner.name?.text)) {
		return { kind: "field", owner, name: target.name.text };
	}
	return { kind: "none" };
}

/** Mentions of what holds the client: the variable, or the member inside its class. */
export function mentionsOf(source: Source, holder: Holder): readonly ts.Expression[] {
	switch (holder.kind) {
		case "variable":
		case "assigned":
		case "parameter":
			return [...source.references(holder.declaration), ...parameterProperty(holder)];
		case "field":
			return membersOf(holder.owner, holder.name);
		case "none":
			return [];
	}
}

/** `constructor(private prisma = new …)` makes a member too. */
function parameterProperty(holder: Holder): readonly ts.Expression[] {
	if (holder.kind !== "parameter") return [];
	const owner = holder.declaration.parent;
	if (!ts.isParameterPropertyDeclaration(holder.declaration, owner) || !ts.isClassLike(owner.parent)) return [];
	return membersOf(owner.parent, holder.declaration.name.getText());
}

function membersOf(owner: ts.ClassLikeDeclaration, name: string): ts.Expression[] {
	const found: ts.Expression[] = [];
	const visit = (node: ts.Node): void => {
		const isOwn = ts.isPropertyAccessExpression(node) && node.name.text === name;
		if (isOwn && (node.expression.kind === ts.SyntaxKind.ThisKeyword || node.expression.getText() === owner.name?.text)) found.push(node);
		ts.forEachChild(node, visit);
	};
	ts.forEachChild(owner, visit);
	return found;
}
