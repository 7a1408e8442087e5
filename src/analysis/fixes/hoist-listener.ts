import { ts } from "ts-morph";
import { type Edit, fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixKind } from "./kind.js";
import { dedented } from "./lines.js";
import { bare, expressionAt, isAtLoad, statementOf, visit, within } from "./nodes.js";
import { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Moves a `$on` or `$use` out of a function, to right after the constant of its module that it hooks into. */
export const hoistListener: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const { statement, client } = listenerAt(source, spanOf(finding, source.text));
		const home = homeOf(source, client);
		requireNothingLocal(source, statement, home);
		const style = styleOf(source, context.model.workspace.packageOf(file));
		const rewrite = new Rewrite(source, style);
		rewrite.removeStatement(statement);
		rewrite.settle();
		const lead = `${style.newLine}${style.newLine}`;
		const moved: Edit = { start: home.end, end: home.end, text: lead + dedented(source.text, statement.getStart(), statement.end) };
		return {
			title: `Add the listener once, after ${client.text}`,
			changes: [fileEdit(file, source.text, [...rewrite.edits(), moved])],
			notes: [],
		};
	},
};

interface Listener {
	readonly statement: ts.ExpressionStatement;
	readonly client: ts.Identifier;
}

function listenerAt(source: Source, span: { readonly start: number; readonly end: number }): Listener {
	const member = expressionAt(source.tree, span)?.parent;
	const call = member?.parent;
	if (!member || !ts.isPropertyAccessExpression(member) || !call || !ts.isCallExpression(call))
		throw new Refusal("No listener is added at this place any more.");
	const statement = call.parent;
	const client = bare(member.expression);
	if (!ts.isExpressionStatement(statement) || !ts.isIdentifier(client))
		throw new Refusal("The listener is not added by a statement of its own on a plain variable. Add it where the client is made.");
	return { statement, client };
}

/** The statement that makes the client. */
function homeOf(source: Source, client: ts.Identifier): ts.VariableStatement {
	const declaration = source.declarationOf(client);
	const home = declaration && ts.isVariableDeclaration(declaration) ? statementOf(declaration) : undefined;
	const isConstant = home && ts.isSourceFile(home.parent) && (home.declarationList.flags & ts.NodeFlags.Const) !== 0;
	if (!home || !isConstant)
		throw new Refusal(`${client.text} is not a constant of this file. Add the listener in the module that makes it.`);
	return home;
}

/** All that the listener needs must be there when the module has just made its client. */
function requireNothingLocal(source: Source, statement: ts.Statement, home: ts.Statement): void {
	visit(statement, (node) => {
		if (node.kind === ts.SyntaxKind.ThisKeyword) throw new Refusal("The listener uses this, which belongs to the code around it.");
		if (!ts.isIdentifier(node) || !source.mentions(node.text).includes(node)) return;
		const declaration = source.declarationOf(node);
		if (!declaration || within(declaration, statement)) return;
		if (!isOfModule(declaration)) throw new Refusal(`The listener uses ${node.text}, which belongs to the function around it.`);
		const isLater = ts.isVariableDeclaration(declaration) && declaration.pos > home.end;
		const runsAtOnce = !isInListener(node, statement);
		if (isLater && runsAtOnce) throw new Refusal(`The listener uses ${node.text}, which the module makes after the client.`);
	});
}

function isOfModule(declaration: ts.Declaration): boolean {
	return isAtLoad(declaration) && (!ts.isVariableDeclaration(declaration) || isTopLevel(declaration));
}

function isTopLevel(declaration: ts.VariableDeclaration): boolean {
	const statement = statementOf(declaration);
	return statement !== undefined && ts.isSourceFile(statement.parent);
}

function isInListener(node: ts.Node, statement: ts.Statement): boolean {
	for (let at = node.parent; at !== statement; at = at.parent) if (ts.isFunctionLike(at)) return true;
	return false;
}
