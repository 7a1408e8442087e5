import type { ts } from "ts-morph";
import { type Context, DISCARDED, inBlock, into, OTHER, RETURNED, under } from "./context.js";
import type { Lowering } from "./lowering.js";
import { lowerExport, lowerExportAssignment, lowerImport, lowerImportEquals } from "./modules.js";
import {
	forEachChild,
	hasModifier,
	isBindingElement,
	isBlock,
	isCaseClause,
	isCatchClause,
	isClassDeclaration,
	isDoStatement,
	isEnumDeclaration,
	isExportAssignment,
	isExportDeclaration,
	isExpressionStatement,
	isForInStatement,
	isForOfStatement,
	isForStatement,
	isFunctionDeclaration,
	isIdentifier,
	isIfStatement,
	isImportDeclaration,
	isImportEqualsDeclaration,
	isIterationStatement,
	isLabeledStatement,
	isModuleBlock,
	isModuleDeclaration,
	isReturnStatement,
	isSwitchStatement,
	isThrowStatement,
	isTryStatement,
	isVariableDeclarationList,
	isVariableStatement,
	isWhileStatement,
	NodeFlags,
	SyntaxKind,
} from "./syntax.js";
import type { Expr } from "./types.js";

/** Lowers a block: names first (functions and classes are hoisted), then each statement in turn. */
export function lowerStatements(w: Lowering, nodes: readonly ts.Statement[], outer: Context): void {
	let context = outer;
	for (const node of nodes) declareHoisted(w, node, context);
	for (const node of nodes) {
		if (isIfStatement(node)) context = lowerIf(w, node, context);
		else lowerStatement(w, node, context);
	}
}

function alwaysExits(node: ts.Statement): boolean {
	if (isReturnStatement(node) || isThrowStatement(node)) return true;
	const last = isBlock(node) ? node.statements.at(-1) : undefined;
	return last !== undefined && alwaysExits(last);
}

function declareHoisted(w: Lowering, node: ts.Statement, context: Context): void {
	if (isFunctionDeclaration(node) && node.name) declare(w, node.name, "function", null, context);
	else if (isClassDeclaration(node) && node.name) declare(w, node.name, "class", null, context);
	else if (isVariableStatement(node) && !isAmbient(node))
		for (const item of node.declarationList.declarations) declareNames(w, item.name, kindOf(node.declarationList), context);
	else if (isEnumDeclaration(node)) declare(w, node.name, "const", null, context);
	else if (isImportDeclaration(node)) lowerImport(w, node, context);
	else if (isImportEqualsDeclaration(node)) lowerImportEquals(w, node, context);
	else if (isTryStatement(node) || isIfStatement(node) || isBlock(node)) hoistVars(w, node, context);
}

/** `declare const globalThis: { prisma: PrismaClient }` types a global and declares none. */
function isAmbient(node: ts.VariableStatement): boolean {
	return hasModifier(node, SyntaxKind.DeclareKeyword) && !exportedName(node);
}

/** `var` inside a nested block belongs to the function around it: `try { var client = require("x") } catch {}`. */
function hoistVars(w: Lowering, node: ts.Node, context: Context): void {
	forEachChild(node, (child) => {
		if (isVariableStatement(child) && kindOf(child.declarationList) === "var")
			for (const item of child.declarationList.declarations) declareNames(w, item.name, "var", context);
		else if (isBlock(child) || isIfStatement(child) || isTryStatement(child) || isCatchClause(child)) hoistVars(w, child, context);
	});
}

export function declare(
	w: Lowering,
	node: ts.Identifier,
	kind: "function" | "class" | "const" | "let" | "var" | "catch",
	init: Expr | null,
	context: Context,
): void {
	const id = w.facts.bind({ kind, name: node.text, span: w.span(node), owner: context.function, init });
	context.scope.declare(node.text, id);
}

function declareNames(w: Lowering, name: ts.BindingName, kind: "const" | "let" | "var", context: Context): void {
	if (isIdentifier(name)) {
		if (kind !== "var" || context.scope.own(name.text) === undefined) declare(w, name, kind, null, context);
		return;
	}
	for (const element of name.elements) if (isBindingElement(element)) declareNames(w, element.name, kind, context);
}

function kindOf(list: ts.VariableDeclarationList): "const" | "let" | "var" {
	if (list.flags & (NodeFlags.Const | NodeFlags.Using)) return "const";
	return list.flags & NodeFlags.Let ? "let" : "var";
}

function lowerStatement(w: Lowering, node: ts.Statement, context: Context): void {
	if (isExpressionStatement(node)) w.expression(node.expression, context, DISCARDED);
	else if (isVariableStatement(node)) lowerVariables(w, node.declarationList, context, exportedName(node));
	else if (isReturnStatement(node)) lowerReturn(w, node, context);
	else if (isBlock(node)) w.statements(node.statements, inBlock(context));
	else if (isFunctionDeclaration(node)) lowerFunctionDeclaration(w, node, context);
	else if (isClassDeclaration(node)) lowerClassDeclaration(w, node, context);
	else if (isTryStatement(node)) lowerTry(w, node, context);
	else if (isIterationStatement(node, false)) lowerLoop(w, node, context);
	else if (isSwitchStatement(node)) lowerSwitch(w, node, context);
	else if (isThrowStatement(node)) w.expression(node.expression, context, OTHER);
	else if (isLabeledStatement(node)) lowerStatement(w, node.statement, context);
	else if (isExportDeclaration(node)) lowerExport(w, node, context);
	else if (isExportAssignment(node)) lowerExportAssignment(w, node, context);
	else if (isModuleDeclaration(node)) lowerNamespace(w, node, context);
}

function exportedName(node: ts.HasModifiers): boolean {
	return hasModifier(node, SyntaxKind.ExportKeyword);
}

function lowerVariables(w: Lowering, list: ts.VariableDeclarationList, context: Context, exported: boolean): void {
	for (const item of list.declarations) {
		const init = item.initializer ? w.expression(item.initializer, context, into(variableSink(item.name, context))) : null;
		w.pattern(item.name, init, context, (name, value) => {
			const id = context.scope.lookup(name.text);
			if (id !== undefined && value) w.facts.setInit(id, value);
			if (id !== undefined && list.flags & NodeFlags.Using) w.facts.setDisposed(id);
			if (exported && id !== undefined) w.facts.exports.push({ name: name.text, value: { k: "binding", id }, span: w.span(name) });
		});
	}
}

function variableSink(name: ts.BindingName, context: Context) {
	if (!isIdentifier(name))
		return { k: "pattern", bindings: patternNames(name).flatMap((text) => context.scope.lookup(text) ?? []) } as const;
	const binding = context.scope.lookup(name.text);
	return binding === undefined ? ({ k: "other" } as const) : ({ k: "variable", binding } as const);
}

function patternNames(name: ts.BindingName): string[] {
	if (isIdentifier(name)) return [name.text];
	return name.elements.flatMap((element) => (isBindingElement(element) ? patternNames(element.name) : []));
}

function lowerReturn(w: Lowering, node: ts.ReturnStatement, context: Context): void {
	if (node.expression) w.facts.addReturn(context.function, w.expression(node.expression, context, RETURNED));
}

/** Returns the context of what follows: `if (this.client) return this.client;` guards the rest of its block. */
function lowerIf(w: Lowering, node: ts.IfStatement, context: Context): Context {
	const condition = w.expression(node.expression, context, OTHER);
	const step = { k: "branch", op: "if", condition, span: w.span(node) } as const;
	const otherwise = under(context, { ...step, negated: true });
	lowerBody(w, node.thenStatement, under(context, { ...step, negated: false }));
	if (node.elseStatement) lowerBody(w, node.elseStatement, otherwise);
	return !node.elseStatement && alwaysExits(node.thenStatement) ? otherwise : context;
}

function lowerBody(w: Lowering, node: ts.Statement, context: Context): void {
	w.statements([node], inBlock(context));
}

function lowerFunctionDeclaration(w: Lowering, node: ts.FunctionDeclaration, context: Context): void {
	const binding = node.name ? context.scope.own(node.name.text) : undefined;
	const isDefault = hasModifier(node, SyntaxKind.DefaultKeyword);
	const exported = exportedName(node);
	const exportName = isDefault ? "default" : (node.name?.text ?? "default");
	const sink = exported ? ({ k: "export", name: exportName } as const) : ({ k: "other" } as const);
	const id = w.functionLike(node, context, { kind: "function", name: node.name?.text ?? null, isStatic: false, sink });
	if (binding !== undefined && node.body) w.facts.setInit(binding, { k: "function", id });
	if (exported && node.body) w.facts.exports.push({ name: exportName, value: { k: "function", id }, span: w.span(node.name ?? node) });
}

function lowerClassDeclaration(w: Lowering, node: ts.ClassDeclaration, context: Context): void {
	const binding = node.name ? context.scope.own(node.name.text) : undefined;
	const id = w.classLike(node, context);
	if (binding !== undefined) w.facts.setInit(binding, { k: "class", id });
	const isDefault = hasModifier(node, SyntaxKind.DefaultKeyword);
	if (exportedName(node))
		w.facts.exports.push({
			name: isDefault ? "default" : (node.name?.text ?? "default"),
			value: { k: "class", id },
			span: w.span(node.name ?? node),
		});
}

function lowerTry(w: Lowering, node: ts.TryStatement, context: Context): void {
	const span = w.span(node);
	lowerBody(w, node.tryBlock, under(context, { k: "try", part: "try", span }));
	if (node.catchClause) {
		const inner = inBlock(under(context, { k: "try", part: "catch", span }));
		const name = node.catchClause.variableDeclaration?.name;
		if (name && isIdentifier(name)) declare(w, name, "catch", null, inner);
		w.statements(node.catchClause.block.statements, inner);
	}
	if (node.finallyBlock) lowerBody(w, node.finallyBlock, under(context, { k: "try", part: "finally", span }));
}

function lowerLoop(w: Lowering, node: ts.IterationStatement, context: Context): void {
	const inner = inBlock(under(context, { k: "loop", span: w.span(node) }));
	if (isForStatement(node)) {
		if (node.initializer && isVariableDeclarationList(node.initializer)) lowerLoopVariables(w, node.initializer, inner);
		else if (node.initializer) w.expression(node.initializer, inner, OTHER);
		if (node.condition) w.expression(node.condition, inner, OTHER);
		if (node.incrementor) w.expression(node.incrementor, inner, DISCARDED);
	} else if (isForOfStatement(node) || isForInStatement(node)) {
		w.expression(node.expression, context, OTHER);
		if (isVariableDeclarationList(node.initializer)) lowerLoopVariables(w, node.initializer, inner);
	} else if (isWhileStatement(node) || isDoStatement(node)) {
		w.expression(node.expression, inner, OTHER);
	}
	lowerBody(w, node.statement, inner);
}

function lowerLoopVariables(w: Lowering, list: ts.VariableDeclarationList, context: Context): void {
	for (const item of list.declarations) declareNames(w, item.name, kindOf(list), context);
	lowerVariables(w, list, context, false);
}

function lowerSwitch(w: Lowering, node: ts.SwitchStatement, context: Context): void {
	const condition = w.expression(node.expression, context, OTHER);
	const inner = inBlock(context);
	for (const clause of node.caseBlock.clauses) {
		if (isCaseClause(clause)) w.expression(clause.expression, inner, OTHER);
		w.statements(clause.statements, under(inner, { k: "branch", op: "switch", condition, negated: false, span: w.span(clause) }));
	}
}

/** `declare global { … }` only speaks of types; a namespace with code is a block. */
function lowerNamespace(w: Lowering, node: ts.ModuleDeclaration, context: Context): void {
	const isAmbient = hasModifier(node, SyntaxKind.DeclareKeyword);
	if (!isAmbient && node.body && isModuleBlock(node.body)) w.statements(node.body.statements, inBlock(context));
}
