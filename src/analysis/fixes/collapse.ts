import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { isPure } from "./nodes.js";
import type { Source } from "./source.js";

/** What becomes pointless when some statements go. */
export type Gone =
	| { readonly kind: "statement"; readonly statement: ts.Statement }
	/** A part of an expression or body, and what stands there instead. */
	| { readonly kind: "part"; readonly edit: Edit };

export function gone(source: Source, removed: ReadonlySet<ts.Statement>): Gone[] {
	return [...removed].flatMap((statement) => consequence(source, statement, removed));
}

function consequence(source: Source, statement: ts.Statement, removed: ReadonlySet<ts.Statement>): Gone[] {
	const parent = statement.parent;
	if (ts.isIfStatement(parent)) return withoutBranch(parent, removed);
	if (!ts.isBlock(parent) || !isEmptied(parent, removed)) return bodiless(statement);
	const owner = parent.parent;
	if (ts.isIfStatement(owner)) return withoutBranch(owner, removed);
	if (ts.isTryStatement(owner)) return isPointless(owner, removed) ? [{ kind: "statement", statement: owner }] : [];
	if (ts.isBlock(owner) || ts.isSourceFile(owner)) return [{ kind: "statement", statement: parent }];
	if (ts.isFunctionLike(owner)) return emptyFunction(source, owner, parent);
	return [];
}

export function isEmptied(block: ts.Block, removed: ReadonlySet<ts.Statement>): boolean {
	return block.statements.every((statement) => removed.has(statement));
}

/** A loop or label must keep a body. */
function bodiless(statement: ts.Statement): Gone[] {
	const parent = statement.parent;
	const isBody = ts.isIterationStatement(parent, false) || ts.isLabeledStatement(parent);
	return isBody ? [emptied(statement)] : [];
}

function isGone(branch: ts.Statement, removed: ReadonlySet<ts.Statement>): boolean {
	return removed.has(branch) || (ts.isBlock(branch) && branch.statements.length > 0 && isEmptied(branch, removed));
}

function withoutBranch(statement: ts.IfStatement, removed: ReadonlySet<ts.Statement>): Gone[] {
	const { thenStatement, elseStatement, expression } = statement;
	if (isGone(thenStatement, removed)) {
		const isAll = !elseStatement || isGone(elseStatement, removed);
		if (isAll && isPure(expression)) return [{ kind: "statement", statement }];
		return removed.has(thenStatement) ? [emptied(thenStatement)] : [];
	}
	// What is left is the `if` without its `else`.
	return elseStatement && isGone(elseStatement, removed)
		? [{ kind: "part", edit: { start: thenStatement.end, end: elseStatement.end, text: "" } }]
		: [];
}

function emptied(node: ts.Node): Gone {
	return { kind: "part", edit: { start: node.getStart(), end: node.end, text: "{}" } };
}

/** `try` around nothing needs neither its `catch` nor its empty `finally`. */
function isPointless(statement: ts.TryStatement, removed: ReadonlySet<ts.Statement>): boolean {
	return isEmptied(statement.tryBlock, removed) && (!statement.finallyBlock || isEmptied(statement.finallyBlock, removed));
}

/** A callback whose only job was the removed one goes with its registration; a named function or method stays, empty. */
function emptyFunction(source: Source, owner: ts.SignatureDeclaration, body: ts.Block): Gone[] {
	const hasComment = /\/[/*]/.test(withoutStatements(source, body));
	if (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) {
		const whole = withoutCallback(owner);
		if (whole) return [whole];
	}
	return hasComment ? [] : [emptied(body)];
}

function withoutStatements(source: Source, body: ts.Block): string {
	let rest = "";
	let at = body.getStart(source.tree);
	for (const statement of body.statements) {
		rest += source.text.slice(at, statement.pos);
		at = statement.end;
	}
	return rest + source.text.slice(at, body.end);
}

/** `.finally(callback)` and `process.on("SIGTERM", callback)` without their callback. */
export function withoutCallback(callback: ts.Expression): Gone | null {
	const call = callback.parent;
	if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return registration(callback);
	const member = call.expression.name.text;
	const isLink = member === "finally" || (member === "then" && call.arguments.length === 1);
	if (isLink) return { kind: "part", edit: { start: call.expression.expression.end, end: call.end, text: "" } };
	return registration(callback);
}

const HOOKS = new Set(["on", "once", "addHook", "afterAll", "after", "onShutdown", "addEventListener", "onClose"]);

function registration(callback: ts.Expression): Gone | null {
	const call = callback.parent;
	if (!ts.isCallExpression(call) || call.arguments.at(-1) !== callback || !ts.isExpressionStatement(call.parent)) return null;
	const { expression } = call;
	const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : "";
	return HOOKS.has(name) ? { kind: "statement", statement: call.parent } : null;
}
