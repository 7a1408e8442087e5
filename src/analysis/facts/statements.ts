import { ts } from "ts-morph";
import { type Context, DISCARDED, into, OTHER, RETURNED, under } from "./context.js";
import type { Lowering } from "./lowering.js";
import { lowerExport, lowerExportAssignment, lowerImport, lowerImportEquals } from "./modules.js";
import { Scope } from "./scope.js";
import type { Expr } from "./types.js";

/** Lowers a block: names first (functions and classes are hoisted), then each statement in turn. */
export function lowerStatements(w: Lowering, nodes: readonly ts.Statement[], outer: Context): void {
	let context = outer;
	for (const node of nodes) declareHoisted(w, node, context);
	for (const node of nodes) {
		if (ts.isIfStatement(node)) context = lowerIf(w, node, context);
		else lowerStatement(w, node, context);
	}
}

function alwaysExits(node: ts.Statement): boolean {
	if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
	const last = ts.isBlock(node) ? node.statements.at(-1) : undefined;
	return last !== undefined && alwaysExits(last);
}

function declareHoisted(w: Lowering, node: ts.Statement, context: Context): void {
	if (ts.isFunctionDeclaration(node) && node.name) declare(w, node.name, "function", null, context);
	else if (ts.isClassDeclaration(node) && node.name) declare(w, node.name, "class", null, context);
	else if (ts.isVariableStatement(node) && !isAmbient(node))
		for (const item of node.declarationList.declarations) declareNames(w, item.name, kindOf(node.declarationList), context);
	else if (ts.isEnumDeclaration(node)) declare(w, node.name, "const", null, context);
	else if (ts.isImportDeclaration(node)) lowerImport(w, node, context);
	else if (ts.isImportEqualsDeclaration(node)) lowerImportEquals(w, node, context);
	else if (ts.isTryStatement(node) || ts.isIfStatement(node) || ts.isBlock(node)) hoistVars(w, node, context);
}

/** `declare const globalThis: { prisma: PrismaClient }` types a global and declares none. */
function isAmbient(node: ts.VariableStatement): boolean {
	return hasModifier(node, ts.SyntaxKind.DeclareKeyword) && !exportedName(node);
}

/** `var` inside a nested block belongs to the function around it: `try { var client = require("x") } catch {}`. */
function hoistVars(w: Lowering, node: ts.Node, context: Context): void {
	ts.forEachChild(node, (child) => {
		if (ts.isVariableStatement(child) && kindOf(child.declarationList) === "var")
			for (const item of child.declarationList.declarations) declareNames(w, item.name, "var", context);
		else if (ts.isBlock(child) || ts.isIfStatement(child) || ts.isTryStatement(child) || ts.isCatchClause(child))
			hoistVars(w, child, context);
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
	if (ts.isIdentifier(name)) {
		if (kind !== "var" || context.scope.own(name.text) === undefined) declare(w, name, kind, null, context);
		return;
	}
	for (const element of name.elements) if (ts.isBindingElement(element)) declareNames(w, element.name, kind, context);
}

function kindOf(list: ts.VariableDeclarationList): "const" | "let" | "var" {
	if (list.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) return "const";
	return list.flags & ts.NodeFlags.Let ? "let" : "var";
}

function lowerStatement(w: Lowering, node: ts.Statement, context: Context): void {
	if (ts.isExpressionStatement(node)) w.expression(node.expression, context, DISCARDED);
	else if (ts.isVariableStatement(node)) lowerVariables(w, node.declarationList, context, exportedName(node));
	else if (ts.isReturnStatement(node)) lowerReturn(w, node, context);
	else if (ts.isBlock(node)) w.statements(node.statements, { ...context, scope: new Scope(context.scope) });
	else if (ts.isFunctionDeclaration(node)) lowerFunctionDeclaration(w, node, context);
	else if (ts.isClassDeclaration(node)) lowerClassDeclaration(w, node, context);
	else if (ts.isTryStatement(node)) lowerTry(w, node, context);
	else if (ts.isIterationStatement(node, false)) lowerLoop(w, node, context);
	else if (ts.isSwitchStatement(node)) lowerSwitch(w, node, context);
	else if (ts.isThrowStatement(node)) w.expression(node.expression, context, OTHER);
	else if (ts.isLabeledStatement(node)) lowerStatement(w, node.statement, context);
	else if (ts.isExportDeclaration(node)) lowerExport(w, node, context);
	else if (ts.isExportAssignment(node)) lowerExportAssignment(w, node, context);
	else if (ts.isModuleDeclaration(node)) lowerNamespace(w, node, context);
}

function exportedName(node: ts.HasModifiers): boolean {
	return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
	return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

function lowerVariables(w: Lowering, list: ts.VariableDeclarationList, context: Context, exported: boolean): void {
	for (const item of list.declarations) {
		const init = item.initializer ? w.expression(item.initializer, context, into(variableSink(item.name, context))) : null;
		w.pattern(item.name, init, context, (name, value) => {
			const id = context.scope.lookup(name.text);
			if (id !== undefined && value) w.facts.setInit(id, value);
			if (id !== undefined && list.flags & ts.NodeFlags.Using) w.facts.setDisposed(id);
			if (exported && id !== undefined) w.facts.exports.push({ name: name.text, value: { k: "binding", id }, span: w.span(name) });
		});
	}
}

function variableSink(name: ts.BindingName, context: Context) {
	if (!ts.isIdentifier(name))
		return { k: "pattern", bindings: patternNames(name).flatMap((text) => context.scope.lookup(text) ?? []) } as const;
	const binding = context.scope.lookup(name.text);
	return binding === undefined ? ({ k: "other" } as const) : ({ k: "variable", binding } as const);
}

function patternNames(name: ts.BindingName): string[] {
	if (ts.isIdentifier(name)) return [name.text];
	return name.elements.flatMap((element) => (ts.isBindingElement(element) ? patternNames(element.name) : []));
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
	w.statements([node], { ...context, scope: new Scope(context.scope) });
}

function lowerFunctionDeclaration(w: Lowering, node: ts.FunctionDeclaration, context: Context): void {
	const binding = node.name ? context.scope.own(node.name.text) : undefined;
	const isDefault = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
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
	const isDefault = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false;
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
		const inner = { ...under(context, { k: "try", part: "catch", span }), scope: new Scope(context.scope) };
		const name = node.catchClause.variableDeclaration?.name;
		if (name && ts.isIdentifier(name)) declare(w, name, "catch", null, inner);
		w.statements(node.catchClause.block.statements, inner);
	}
	if (node.finallyBlock) lowerBody(w, node.finallyBlock, under(context, { k: "try", part: "finally", span }));
}

function lowerLoop(w: Lowering, node: ts.IterationStatement, context: Context): void {
	const inner = { ...under(context, { k: "loop", span: w.span(node) }), scope: new Scope(context.scope) };
	if (ts.isForStatement(node)) {
		if (node.initializer && ts.isVariableDeclarationList(node.initializer)) lowerLoopVariables(w, node.initializer, inner);
		else if (node.initializer) w.expression(node.initializer, inner, OTHER);
		if (node.condition) w.expression(node.condition, inner, OTHER);
		if (node.incrementor) w.expression(node.incrementor, inner, DISCARDED);
	} else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
		w.expression(node.expression, context, OTHER);
		if (ts.isVariableDeclarationList(node.initializer)) lowerLoopVariables(w, node.initializer, inner);
	} else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) {
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
	const inner = { ...context, scope: new Scope(context.scope) };
	for (const clause of node.caseBlock.clauses) {
		if (ts.isCaseClause(clause)) w.expression(clause.expression, inner, OTHER);
		w.statements(clause.statements, under(inner, { k: "branch", op: "switch", condition, negated: false, span: w.span(clause) }));
	}
}

/** `declare global { … }` only speaks of types; a namespace with code is a block. */
function lowerNamespace(w: Lowering, node: ts.ModuleDeclaration, context: Context): void {
	const isAmbient = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
	if (!isAmbient && node.body && ts.isModuleBlock(node.body))
		w.statements(node.body.statements, { ...context, scope: new Scope(context.scope) });
}
