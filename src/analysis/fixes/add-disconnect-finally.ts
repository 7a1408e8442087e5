import { ts } from "ts-morph";
import { closingStatement } from "./disconnects.js";
import { type Edit, fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { deletions } from "./lines.js";
import { ancestor, bare, expressionAt, hasModifier, statementOf, visit } from "./nodes.js";
import { indentAt } from "./object-literal.js";
import { settledReturns } from "./settled-returns.js";
import type { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";
import { wrapInTry } from "./wrap-in-try.js";

/** Closes a short-lived client however its work ends. */
export const addDisconnectFinally: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const style = styleOf(source, context.model.workspace.packageOf(file));
		const span = spanOf(finding, source.text);
		const member = expressionAt(source.tree, span)?.parent;
		const isDisconnect = member !== undefined && ts.isPropertyAccessExpression(member) && member.name.text === "$disconnect";
		const edits = isDisconnect
			? moveDisconnect(source, style, member)
			: addDisconnect(source, style, clientFrom(source, span.start), context);
		return { title: "Close the client in finally", changes: [fileEdit(file, source.text, edits)], notes: [] };
	},
};

/** The `$disconnect` that a failing query skips. */
function moveDisconnect(source: Source, style: Style, member: ts.PropertyAccessExpression): Edit[] {
	const call = member.parent;
	const statement = ts.isCallExpression(call) ? closingStatement(call) : null;
	const client = bare(member.expression);
	const declaration = ts.isIdentifier(client) ? source.declarationOf(client) : undefined;
	const made = declaration && ts.isVariableDeclaration(declaration) ? statementOf(declaration) : undefined;
	if (!statement || !made || !declaration || closings(source, declaration) !== 1)
		throw new Refusal("The client is not closed by one statement of its own. Put it into finally yourself.");
	const closing = statement.getText().replace(/;$/, "");
	if (statement.parent === made.parent) return wrapRest(source, style, made, statement, declaration, closing);
	const attempt = statement.parent.parent;
	if (
		!ts.isTryStatement(attempt) ||
		attempt.tryBlock !== statement.parent ||
		attempt.parent !== made.parent ||
		attempt.finallyBlock ||
		!attempt.catchClause
	)
		throw new Refusal("The client is made and closed in different blocks. Put its $disconnect into finally yourself.");
	const outer = `${style.newLine}${indentAt(source.text, attempt.getStart())}`;
	return [
		...deletions(source.text, [{ start: statement.getStart(), end: statement.end }]),
		...settledReturns(source, attempt.tryBlock.statements, declaration),
		{ start: attempt.end, end: attempt.end, text: ` finally {${outer}${style.indent}${closing}${style.semicolon}${outer}}` },
	];
}

function closings(source: Source, declaration: ts.Declaration): number {
	return source.references(declaration).filter(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === "$disconnect")
		.length;
}

function clientFrom(source: Source, start: number): ts.VariableDeclaration {
	let found: ts.VariableDeclaration | null = null;
	visit(source.tree, (node) => {
		const isIt =
			ts.isNewExpression(node) && node.getStart() === start && ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name);
		if (isIt && ts.isVariableDeclaration(node.parent)) found = node.parent;
	});
	if (!found) throw new Refusal("The client is not held by a plain variable. Close it in finally yourself.");
	return found;
}

/** The client that nothing closes: of a Worker's handler, or of a script. */
function addDisconnect(source: Source, style: Style, declaration: ts.VariableDeclaration, { model }: FixContext): Edit[] {
	const made = statementOf(declaration);
	const name = declaration.name.getText();
	if (!made) throw new Refusal("The client is not held by a plain variable. Close it in finally yourself.");
	if (model.workspace.roleOf(source.path) === "test")
		throw new Refusal("Close the client in the test runner's afterAll, once the tests are done.");
	if (!ts.isSourceFile(made.parent)) return wrapRest(source, style, made, null, declaration, handlerClosing(made, name));
	const main = mainCall(source);
	if (main) return [{ start: main.end, end: main.end, text: `.finally(() => ${name}.$disconnect())` }];
	const usesAwait = made.parent.statements.some(
		(statement) => ts.isExpressionStatement(statement) && ts.isAwaitExpression(statement.expression),
	);
	if (!usesAwait) throw new Refusal("Where this script's work ends is not certain. Close the client there yourself.");
	return wrapRest(source, style, made, null, declaration, `await ${name}.$disconnect()`);
}

/** `await prisma.$disconnect()`, or what goes on after a Worker's answer. */
function handlerClosing(made: ts.Statement, name: string): string {
	const handler = ancestor(made, ts.isFunctionLike);
	if (!handler || !hasModifier(handler, ts.SyntaxKind.AsyncKeyword))
		throw new Refusal("The function that makes the client is not async, so that it cannot wait for its work.");
	const context = handler.parameters[2]?.name;
	const isEntry = handler.name !== undefined && /^(fetch|scheduled|queue)$/.test(handler.name.getText());
	return isEntry && context && ts.isIdentifier(context)
		? `${context.text}.waitUntil(${name}.$disconnect())`
		: `await ${name}.$disconnect()`;
}

/** `main()` or `main().catch(…)`, when it is the one thing the script starts. */
function mainCall(source: Source): ts.CallExpression | null {
	const calls = source.tree.statements.flatMap((statement) => {
		if (!ts.isExpressionStatement(statement)) return [];
		const { expression } = statement;
		const inner = ts.isAwaitExpression(expression) || ts.isVoidExpression(expression) ? expression.expression : expression;
		return ts.isCallExpression(inner) && startsAsync(source, inner) ? [inner] : [];
	});
	const [main] = calls;
	return main && calls.length === 1 ? main : null;
}

function startsAsync(source: Source, call: ts.CallExpression): boolean {
	const { expression } = call;
	if (ts.isPropertyAccessExpression(expression))
		return ts.isCallExpression(expression.expression) && startsAsync(source, expression.expression);
	const declaration = ts.isIdentifier(expression) ? source.declarationOf(expression) : undefined;
	const started = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
	return started !== undefined && ts.isFunctionLike(started) && hasModifier(started, ts.SyntaxKind.AsyncKeyword);
}

function wrapRest(
	source: Source,
	style: Style,
	made: ts.VariableStatement,
	removed: ts.Statement | null,
	client: ts.Declaration,
	closing: string,
): Edit[] {
	const block = made.parent;
	if (!ts.isBlock(block) && !ts.isSourceFile(block))
		throw new Refusal("The client is not made in a plain block. Close it in finally yourself.");
	const rest = block.statements.slice(block.statements.indexOf(made) + 1);
	return [...wrapInTry(source, style, rest, removed, closing), ...settledReturns(source, rest, client)];
}
