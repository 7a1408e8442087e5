import { ts } from "ts-morph";
import { type Edit, fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import { hoistExtension } from "./hoist-extension.js";
import type { FixContext, FixKind, Repair } from "./kind.js";
import { dedented } from "./lines.js";
import { neededAtOnce } from "./module-scope.js";
import { bare, expressionAt, isConst, statementOf } from "./nodes.js";
import { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Moves what hooks into a client out of a function: a `$on` or `$use` to right after its client, a `$extends` into a constant. */
export const hoistListener: FixKind = {
	plan(finding, context) {
		const source = context.source(finding.file);
		const call = hookAt(source, spanOf(finding, source.text));
		return call.expression.name.text === "$extends" ? hoistExtension(source, call, context) : moveListener(source, call, context);
	},
};

type Hook = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

function hookAt(source: Source, span: { readonly start: number; readonly end: number }): Hook {
	const call = expressionAt(source.tree, span)?.parent.parent;
	if (!call || !ts.isCallExpression(call) || !isHook(call)) throw new Refusal("No listener is added at this place any more.");
	return call;
}

function isHook(call: ts.CallExpression): call is Hook {
	return ts.isPropertyAccessExpression(call.expression);
}

function moveListener(source: Source, call: Hook, { model }: FixContext): Repair {
	const { statement, client } = listenerOf(call);
	const home = homeOf(source, client);
	const last = [home, ...neededAtOnce(source, statement, "The listener")].reduce((a, b) => (a.end > b.end ? a : b));
	const style = styleOf(source, model.workspace.packageOf(source.path));
	const rewrite = new Rewrite(source, style);
	rewrite.removeStatement(statement);
	rewrite.settle();
	const lead = `${style.newLine}${style.newLine}`;
	const moved: Edit = { start: last.end, end: last.end, text: lead + dedented(source.text, statement.getStart(), statement.end) };
	return {
		title: `Add the listener once, after ${client.text}`,
		changes: [fileEdit(source.path, source.text, [...rewrite.edits(), moved])],
		notes: [],
	};
}

interface Listener {
	readonly statement: ts.ExpressionStatement;
	readonly client: ts.Identifier;
}

function listenerOf({ expression, parent }: Hook): Listener {
	const client = bare(expression.expression);
	if (!ts.isExpressionStatement(parent) || !ts.isIdentifier(client))
		throw new Refusal("The listener is not added by a statement of its own on a plain variable. Add it where the client is made.");
	return { statement: parent, client };
}

/** The statement that makes the client. */
function homeOf(source: Source, client: ts.Identifier): ts.VariableStatement {
	const declaration = source.declarationOf(client);
	const home = declaration && ts.isVariableDeclaration(declaration) && isConst(declaration) ? statementOf(declaration) : undefined;
	if (!home || !ts.isSourceFile(home.parent))
		throw new Refusal(`${client.text} is not a constant of this file. Add the listener in the module that makes it.`);
	return home;
}
