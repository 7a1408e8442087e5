import { ts } from "ts-morph";
import { ancestor, isAtLoad, statementOf, visit, within } from "./nodes.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

/**
 * Statements at the top of the module that declare what a piece of code needs at once, when it moves there.
 * @param what "The listener", for the refusal.
 * @throws a `Refusal` when it uses what belongs to the code around it.
 */
export function neededAtOnce(source: Source, code: ts.Node, what: string): ts.Statement[] {
	const needed = new Set<ts.Statement>();
	visit(code, (node) => {
		if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword)
			throw new Refusal(`${what} uses ${node.getText()}, which belongs to the code around it.`);
		if (ts.isAwaitExpression(node) && !isDeferredIn(node, code)) throw new Refusal(`${what} waits for something of this call.`);
		if (!ts.isIdentifier(node) || !source.mentions(node.text).includes(node)) return;
		const declaration = source.declarationOf(node);
		if (!declaration || within(declaration, code)) return;
		if (!isOfModule(declaration)) throw new Refusal(`${what} uses ${node.text}, which belongs to the function around it.`);
		const statement = topLevel(declaration);
		if (statement && !isDeferredIn(node, code) && !ts.isFunctionDeclaration(statement)) needed.add(statement);
	});
	return [...needed];
}

/** The statement of the module that a node stands in. */
export function topLevel(node: ts.Node): ts.Statement | undefined {
	return ancestor(node, (candidate): candidate is ts.Statement => candidate.parent !== undefined && ts.isSourceFile(candidate.parent));
}

/** Whether a declaration belongs to the module, not to a block or function in it. */
function isOfModule(declaration: ts.Declaration): boolean {
	if (!isAtLoad(declaration)) return false;
	const variable = ts.isBindingElement(declaration) ? ancestor(declaration, ts.isVariableDeclaration) : declaration;
	if (!variable || !ts.isVariableDeclaration(variable)) return true;
	const statement = statementOf(variable);
	return statement !== undefined && ts.isSourceFile(statement.parent);
}

/** Whether a part of the code runs later on, in a function of its own. */
function isDeferredIn(node: ts.Node, code: ts.Node): boolean {
	for (let at = node.parent; at !== code.parent; at = at.parent) if (ts.isFunctionLike(at)) return true;
	return false;
}
