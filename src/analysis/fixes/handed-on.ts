import { ts } from "ts-morph";
import { type ClientPlace, mentionsOf } from "./client-place.js";
import { memberOf } from "./disconnects.js";
import { ancestor, bare, isAssignment, isNothing, visit } from "./nodes.js";
import type { Source } from "./source.js";
import { type FixWorkspace, Refusal } from "./types.js";

/** A client that is handed on may be closed under another name, which would close the shared one: then a person must look. */
export function refuseClosedElsewhere(source: Source, place: ClientPlace, workspace: FixWorkspace): void {
	const mentions = mentionsOf(source, place.holder);
	const handedOn = [place.outer, ...mentions].filter(isHandedOn);
	if (handedOn.length === 0) return;
	const line = otherDisconnect(source, new Set(mentions));
	if (line !== null)
		throw new Refusal(`Line ${line} closes a client that may be this one under another name, which would be the shared one.`);
	const [closer] = handedOn.some(isReturned) ? workspace.closersBeyond(source.path) : [];
	if (closer !== undefined) throw new Refusal(`${closer} gets clients from this file and closes one, which would be the shared one.`);
}

function isHandedOn(mention: ts.Expression): boolean {
	if (memberOf(mention)) return false;
	const parent = mention.parent;
	if (ts.isBinaryExpression(parent)) return parent.right === mention && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
	return (
		isReturned(mention) ||
		ts.isNewExpression(parent) ||
		ts.isCallExpression(parent) ||
		ts.isPropertyAssignment(parent) ||
		ts.isShorthandPropertyAssignment(parent) ||
		ts.isArrayLiteralExpression(parent)
	);
}

function isReturned(expression: ts.Expression): boolean {
	const parent = expression.parent;
	return ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === expression);
}

/** Line of a `$disconnect` on what is neither the client itself, nor imported, nor made by a `new` right there. */
function otherDisconnect(source: Source, own: ReadonlySet<ts.Expression>): number | null {
	let line: number | null = null;
	visit(source.tree, (node) => {
		if (!ts.isPropertyAccessExpression(node) || node.name.text !== "$disconnect") return;
		const receiver = bare(node.expression);
		if (!own.has(receiver) && !isKnown(source, receiver)) line ??= source.lineOf(node.getStart());
	});
	return line;
}

function isKnown(source: Source, receiver: ts.Expression): boolean {
	if (ts.isPropertyAccessExpression(receiver)) return isOwnField(receiver);
	const declaration = ts.isIdentifier(receiver) ? source.declarationOf(receiver) : undefined;
	if (!declaration) return false;
	if (ts.isVariableDeclaration(declaration)) return isMadeHere(source, declaration);
	return ts.isImportSpecifier(declaration) || ts.isImportClause(declaration);
}

/** Every value the variable gets is made by a `new` on the spot. */
function isMadeHere(source: Source, declaration: ts.VariableDeclaration): boolean {
	const assigned = source.references(declaration).flatMap((mention) => {
		const { parent } = mention;
		return isAssignment(parent) && parent.left === mention ? [parent.right] : [];
	});
	return areMade([...(declaration.initializer ? [declaration.initializer] : []), ...assigned]);
}

/** `this.prisma`, which its class fills by a `new` on the spot. */
function isOwnField(receiver: ts.PropertyAccessExpression): boolean {
	const owner = receiver.expression.kind === ts.SyntaxKind.ThisKeyword ? ancestor(receiver, ts.isClassLike) : undefined;
	if (!owner) return false;
	const name = receiver.name.text;
	const values: ts.Expression[] = [];
	visit(owner, (node) => {
		if (ts.isPropertyDeclaration(node) && node.initializer && node.name.getText() === name) values.push(node.initializer);
		if (isAssignment(node) && node.left.getText() === `this.${name}`) values.push(node.right);
	});
	return areMade(values);
}

function areMade(values: readonly ts.Expression[]): boolean {
	const some = values.map(bare).filter((value) => !isNothing(value));
	return some.length > 0 && some.every(ts.isNewExpression);
}
