import { ts } from "ts-morph";
import { bare, hasModifier, isAssignment } from "./nodes.js";
import { Refusal } from "./types.js";

/** An interval that an instance of a class starts. */
export interface OwnedInterval {
	readonly owner: ts.ClassLikeDeclaration;
	/** The statement that starts it. */
	readonly statement: ts.ExpressionStatement;
	/** The field that holds its handle, or shall. */
	readonly field: string;
	readonly isKept: boolean;
	/** In a method; a constructor runs once. */
	readonly canRunAgain: boolean;
	/** The method that ends the instance's work. */
	readonly cleanup: ts.MethodDeclaration | null;
}

const CLEANUP =
	/^(close|stop|end|destroy|dispose|disconnect|shut_?down|clean_?up|tear_?down|onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown)$/i;
const FIELDS = ["timer", "interval", "intervalTimer"];

/** Null when no instance starts it. @throws a `Refusal` when its handle goes where it cannot be followed. */
export function ownedInterval(call: ts.CallExpression): OwnedInterval | null {
	const starter = instanceCodeAround(call);
	const owner = starter?.parent;
	if (!starter || !owner || !ts.isClassLike(owner)) return null;
	const statement = statementOf(call);
	const cleanup = owner.members.find(
		(member): member is ts.MethodDeclaration =>
			ts.isMethodDeclaration(member) && member.body !== undefined && !isStatic(member) && CLEANUP.test(member.name.getText()),
	);
	const kept = keptIn(statement);
	return {
		owner,
		statement,
		field: kept ?? freeField(owner),
		isKept: kept !== null,
		canRunAgain: !ts.isConstructorDeclaration(starter),
		cleanup: cleanup ?? null,
	};
}

/** `setInterval(…).unref()` as a whole; the call itself where it is kept ref'ed. */
export function withUnref(call: ts.CallExpression): ts.CallExpression {
	const member = call.parent;
	const isUnref = ts.isPropertyAccessExpression(member) && member.name.text === "unref" && ts.isCallExpression(member.parent);
	return isUnref ? member.parent : call;
}

/** `setInterval(…)`, `setInterval(…).unref()` or `this.timer = setInterval(…)` as a statement of a block. */
function statementOf(call: ts.CallExpression): ts.ExpressionStatement {
	const outer = withUnref(call);
	const assigned = isAssignment(outer.parent) && outer.parent.right === outer ? outer.parent : outer;
	const statement = assigned.parent;
	if (!ts.isExpressionStatement(statement) || !ts.isBlock(statement.parent))
		throw new Refusal("This interval is not started by a statement of its own. Clear it where its handle goes.");
	return statement;
}

/** The constructor or method whose `this` a call can use. */
function instanceCodeAround(call: ts.CallExpression): ts.ConstructorDeclaration | ts.MethodDeclaration | null {
	let at: ts.Node = call.parent;
	while (ts.isArrowFunction(at) || !ts.isFunctionLike(at)) {
		if (ts.isSourceFile(at) || ts.isClassElement(at)) break;
		at = at.parent;
	}
	if (ts.isConstructorDeclaration(at)) return at;
	return ts.isMethodDeclaration(at) && ts.isClassLike(at.parent) && !isStatic(at) ? at : null;
}

/** The field a statement puts the handle into; null when it drops it. */
function keptIn({ expression }: ts.ExpressionStatement): string | null {
	if (!isAssignment(expression)) return null;
	const target = bare(expression.left);
	if (ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword) return target.name.text;
	throw new Refusal("The handle is not kept in a field of the class. Clear it where it is kept.");
}

function freeField(owner: ts.ClassLikeDeclaration): string {
	const base = owner.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression.getText();
	if (base !== undefined && !base.endsWith("PrismaClient"))
		throw new Refusal(`Which fields ${base} has is not known here. Keep the handle in a field yourself.`);
	const text = owner.getText();
	const free = FIELDS.find((name) => !new RegExp(`\\b${name}\\b`).test(text));
	if (free === undefined) throw new Refusal("The class has no free name for the interval's handle. Keep it in a field yourself.");
	return free;
}

function isStatic(member: ts.MethodDeclaration): boolean {
	return hasModifier(member, ts.SyntaxKind.StaticKeyword);
}
