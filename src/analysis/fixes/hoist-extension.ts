import { ts } from "ts-morph";
import { type Edit, fileEdit } from "./edits.js";
import type { FixContext, Repair } from "./kind.js";
import { dedented } from "./lines.js";
import { LocalNames } from "./local-name.js";
import { neededAtOnce, topLevel } from "./module-scope.js";
import { bare, isConst, isImportStatement, statementOf } from "./nodes.js";
import { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Keeps an extended client in a constant of its module, which every call then uses. */
export function hoistExtension(source: Source, hook: ts.CallExpression, context: FixContext): Repair {
	const call = wholeChain(hook);
	const client = clientOf(call);
	const around = topLevel(call);
	if (!around) throw new Refusal("No client is extended at this place any more.");
	const home = homeOf(source, client, context);
	const imports = source.tree.statements.filter((statement) => isImportStatement(statement) && statement.end <= around.pos);
	const last = [home, ...neededAtOnce(source, call, "The extension"), ...imports].reduce((a, b) => (a.end > b.end ? a : b));
	if (last.end > around.pos) throw new Refusal("The extension needs what the module makes only after this code.");

	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const rewrite = new Rewrite(source, style);
	const name = useConstant(source, call, client, rewrite);
	const text = `${style.newLine}${style.newLine}const ${name} = ${dedented(source.text, call.getStart(), call.end)}${style.semicolon}`;
	const added: Edit = { start: last.end, end: last.end, text };
	return {
		title: `Extend ${client.text} once, in a constant of the module`,
		changes: [fileEdit(source.path, source.text, [...rewrite.edits(), added])],
		notes: [],
	};
}

/** `prisma.$extends(a).$extends(b)` */
function wholeChain(call: ts.CallExpression): ts.CallExpression {
	const member = call.parent;
	const isExtended = ts.isPropertyAccessExpression(member) && member.expression === call && member.name.text === "$extends";
	return isExtended && ts.isCallExpression(member.parent) ? wholeChain(member.parent) : call;
}

function clientOf(call: ts.CallExpression): ts.Identifier {
	let client: ts.Expression = call;
	while (ts.isCallExpression(client) && ts.isPropertyAccessExpression(client.expression)) client = bare(client.expression.expression);
	if (!ts.isIdentifier(client))
		throw new Refusal(`${client.getText()} is not a plain variable. Extend the client where it is made, and keep the result.`);
	return client;
}

/** The statement at the top of the module that makes or imports the client. */
function homeOf(source: Source, client: ts.Identifier, { workspace }: FixContext): ts.Statement {
	const declaration = source.declarationOf(client);
	const home = declaration && topLevelHome(declaration);
	if (!declaration || !home)
		throw new Refusal(`${client.text} is neither a constant of this file nor imported. Extend the client where it is made.`);
	const specifier = specifierOf(source, declaration);
	const file = specifier === undefined ? null : workspace.resolveImport(source.path, specifier);
	if (file !== null && workspace.reaches(file, source.path))
		throw new Refusal(`${file} imports this file, so ${client.text} may not be there yet when this module is loaded.`);
	return home;
}

function topLevelHome(declaration: ts.Declaration): ts.Statement | undefined {
	const statement = topLevel(declaration);
	if (!statement || isImportStatement(statement)) return statement;
	const isConstant = ts.isVariableDeclaration(declaration) && statementOf(declaration) === statement;
	return isConstant && isConst(declaration) ? statement : undefined;
}

/** Puts the constant in the call's place, or in that of the variable that held its result; returns the constant's name. */
function useConstant(source: Source, call: ts.CallExpression, client: ts.Identifier, rewrite: Rewrite): string {
	const declaration = call.parent;
	const isNamed = ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name);
	if (!isNamed || !statementOf(declaration) || !isConst(declaration) || declaration.type) {
		const fitting = `extended${client.text.charAt(0).toUpperCase()}${client.text.slice(1)}`;
		const name = new LocalNames(source, new Set(), [call]).pick([fitting]);
		rewrite.replace(call, name);
		return name;
	}
	const mentions = source.references(declaration);
	const name = new LocalNames(source, new Set([declaration]), mentions).pick([declaration.name.getText()]);
	rewrite.removeItem(declaration);
	rewrite.settle();
	for (const mention of mentions) {
		const isShorthand = ts.isShorthandPropertyAssignment(mention.parent);
		if (mention.text !== name) rewrite.replace(mention, isShorthand ? `${mention.text}: ${name}` : name);
	}
	return name;
}
