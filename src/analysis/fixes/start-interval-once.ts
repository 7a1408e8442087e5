import { ts } from "ts-morph";
import { type Edit, fileEdit } from "./edits.js";
import { withUnref } from "./interval-owner.js";
import type { FixContext, Repair } from "./kind.js";
import { LocalNames } from "./local-name.js";
import { neededAtOnce } from "./module-scope.js";
import { bare, isAssignment, isImportStatement, isNothing, statementOf } from "./nodes.js";
import type { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";

/**
 * Starts one interval for the whole process where no owner could clear each of many. It is unref'ed: what nobody stops must not keep
 * the process alive.
 * @throws a `Refusal` when its work belongs to the call that starts it
 */
export function startIntervalOnce(source: Source, call: ts.CallExpression, { model }: FixContext): Repair {
	const style = styleOf(source, model.workspace.packageOf(source.path));
	neededAtOnce(source, call, "The interval");
	const edits = keptAlready(source, call) ?? keptInModule(source, style, call);
	return {
		title: "Start the interval once for the whole process",
		changes: [fileEdit(source.path, source.text, edits)],
		notes: [],
	};
}

/** `timer = setInterval(…)` on a variable of the module keeps the first one. */
function keptAlready(source: Source, call: ts.CallExpression): Edit[] | null {
	const assignment = withUnref(call).parent;
	if (!isAssignment(assignment) || assignment.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
	const target = bare(assignment.left);
	const declaration = ts.isIdentifier(target) ? source.declarationOf(target) : undefined;
	const statement = declaration && ts.isVariableDeclaration(declaration) ? statementOf(declaration) : undefined;
	const isEmpty = declaration && ts.isVariableDeclaration(declaration) && (!declaration.initializer || isNothing(declaration.initializer));
	if (!statement || !ts.isSourceFile(statement.parent) || !isEmpty)
		throw new Refusal("The handle is kept, and only you know when the work is done. Clear it then, in a method that its owner calls.");
	const start = assignment.operatorToken.getStart();
	return [{ start, end: start, text: "??" }];
}

function keptInModule(source: Source, style: Style, call: ts.CallExpression): Edit[] {
	const outer = withUnref(call);
	const place = placeOf(source, outer);
	const name = new LocalNames(source, new Set(), [call]).pick(["timer", "interval"]);
	const { newLine, semicolon } = style;
	const type = source.isTypeScript ? ": ReturnType<typeof setInterval> | undefined" : "";
	const declared = `let ${name}${type}${semicolon}`;
	const { statements } = source.tree;
	const last = statements.findLast(isImportStatement);
	const first = statements[0]?.getStart() ?? 0;
	return [
		last
			? { start: last.end, end: last.end, text: `${newLine}${newLine}${declared}` }
			: { start: first, end: first, text: `${declared}${newLine}${newLine}` },
		{ start: place.getStart(), end: outer.getStart(), text: `${name} ??= ` },
		...(outer === call ? [{ start: call.end, end: call.end, text: ".unref()" }] : []),
	];
}

/** `setInterval(…)` as a statement, or as a constant's value that nothing reads. */
function placeOf(source: Source, outer: ts.Expression): ts.Statement {
	const { parent } = outer;
	if (ts.isExpressionStatement(parent)) return parent;
	const statement = ts.isVariableDeclaration(parent) && source.references(parent).length === 0 ? statementOf(parent) : undefined;
	if (!statement || statement.declarationList.declarations.length > 1)
		throw new Refusal("This interval is not started by a statement of its own. Clear it where its handle goes.");
	return statement;
}
