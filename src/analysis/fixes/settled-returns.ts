import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { ancestor, within } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/**
 * Lets returned queries end before `finally` closes their client: `return await prisma.user.findMany()`.
 * @throws a `Refusal` where the client goes to code that may still use it by then.
 */
export function settledReturns(source: Source, statements: readonly ts.Statement[], client: ts.Declaration): Edit[] {
	const [first] = statements;
	const owner = first && ancestor(first, ts.isFunctionLike);
	const returned = source.references(client).flatMap((mention) => {
		const statement = statements.find((candidate) => within(mention, candidate));
		if (!statement || isAwaited(mention, statement, owner)) return [];
		const result = returnAround(mention, statement, owner);
		if (result) return [result];
		const isOwn = ancestor(mention, ts.isFunctionLike) === owner && ts.isPropertyAccessExpression(mention.parent);
		if (!isOwn) throw new Refusal("The client is handed on to code that may run later. Close it when that has ended.");
		return [];
	});
	return [...new Set(returned)].map((expression) => {
		if (!ts.isCallExpression(expression)) throw new Refusal("A query is returned inside another value. Await it first.");
		return { start: expression.getStart(), end: expression.getStart(), text: "await " };
	});
}

type Owner = ts.SignatureDeclaration | undefined;

/** Whether the function itself waits for what a mention is part of. */
function isAwaited(mention: ts.Node, statement: ts.Statement, owner: Owner): boolean {
	for (let at = mention.parent; at !== statement; at = at.parent)
		if (ts.isAwaitExpression(at) && ancestor(at, ts.isFunctionLike) === owner) return true;
	return false;
}

/** What the function returns, when a mention is part of it. */
function returnAround(mention: ts.Node, statement: ts.Statement, owner: Owner): ts.Expression | undefined {
	for (let at: ts.Node = mention; within(at, statement) && !ts.isSourceFile(at); at = at.parent)
		if (ts.isReturnStatement(at) && ancestor(at, ts.isFunctionLike) === owner) return at.expression;
	return undefined;
}
