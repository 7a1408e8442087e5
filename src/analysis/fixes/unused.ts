import { ts } from "ts-morph";
import { isWithoutEffect } from "./effects.js";
import { type ImportName, isImportName, namesOf } from "./import-names.js";
import { ancestor, isExported, statementOf, visit, within } from "./nodes.js";
import type { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";
import { keepTypes } from "./type-only.js";

/** Takes along what only the removed code used: imports, and variables that were made for it and do nothing else. */
export function removeUnused(source: Source, rewrite: Rewrite, removed: readonly ts.Node[]): void {
	const candidates = new Set(removed.flatMap((node) => declarationsIn(source, node)));
	const done = new Set<ts.Declaration>();
	for (let changed = true; changed; ) {
		changed = false;
		for (const declaration of candidates) {
			if (done.has(declaration) || rewrite.covers(declaration) || !isUnused(source, rewrite, declaration)) continue;
			if (isImportName(declaration)) removeImport(declaration, rewrite);
			else if (isRemovableVariable(source, declaration)) rewrite.removeItem(declaration);
			else continue;
			done.add(declaration);
			for (const more of declarationsIn(source, holderOf(declaration))) candidates.add(more);
			rewrite.settle();
			changed = true;
		}
	}
	const imports = [...candidates].flatMap((declaration) =>
		isImportName(declaration) ? (ancestor(declaration, ts.isImportDeclaration) ?? []) : [],
	);
	for (const statement of new Set(imports)) keepTypes(source, rewrite, statement);
}

function declarationsIn(source: Source, node: ts.Node): ts.Declaration[] {
	const found: ts.Declaration[] = [];
	visit(node, (inner) => {
		const declaration = ts.isIdentifier(inner) ? source.declarationOf(inner) : undefined;
		if (declaration && source.mentions(ts.isIdentifier(inner) ? inner.text : "").length > 0) found.push(declaration);
	});
	return found;
}

function holderOf(declaration: ts.Declaration): ts.Node {
	return ts.isBindingElement(declaration) ? (ancestor(declaration, ts.isVariableDeclaration) ?? declaration) : declaration;
}

function isUnused(source: Source, rewrite: Rewrite, declaration: ts.Declaration): boolean {
	const name = ts.getNameOfDeclaration(declaration);
	if (!name || !ts.isIdentifier(name) || isNamedInJsDoc(source, name.text)) return false;
	return source.references(declaration).every((mention) => rewrite.covers(mention) || within(mention, declaration));
}

/** In JavaScript a comment's type uses the import. */
function isNamedInJsDoc(source: Source, name: string): boolean {
	return !source.isTypeScript && new RegExp(`@\\w+\\s*\\{[^}\\n]*\\b${name}\\b`).test(source.text);
}

function removeImport(name: ImportName, rewrite: Rewrite): void {
	const statement = ancestor(name, ts.isImportDeclaration);
	const clause = statement?.importClause;
	if (ts.isImportEqualsDeclaration(name)) rewrite.removeStatement(name);
	else if (statement && clause) removeFromClause(name, statement, clause, rewrite);
}

function removeFromClause(name: ImportName, statement: ts.ImportDeclaration, clause: ts.ImportClause, rewrite: Rewrite): void {
	if (ts.isImportSpecifier(name)) rewrite.removeItem(name);
	const others = namesOf(clause).filter((other) => other !== name && !rewrite.covers(other === clause ? (clause.name ?? clause) : other));
	if (others.length === 0) {
		rewrite.removeStatement(statement);
	} else if (name === clause && clause.name && clause.namedBindings) {
		rewrite.replaceRange({ start: clause.name.getStart(), end: clause.namedBindings.getStart(), text: "" });
	} else if (ts.isNamespaceImport(name) && clause.name) {
		rewrite.replaceRange({ start: clause.name.end, end: name.end, text: "" });
	}
}

function isRemovableVariable(source: Source, node: ts.Declaration): node is ts.VariableDeclaration | ts.BindingElement {
	if (ts.isBindingElement(node)) {
		if (!ts.isObjectBindingPattern(node.parent) || node.initializer || node.dotDotDotToken) return false;
		const owner = node.parent.parent;
		return ts.isVariableDeclaration(owner) && isRemovable(source, owner);
	}
	return ts.isVariableDeclaration(node) && isRemovable(source, node);
}

function isRemovable(source: Source, declaration: ts.VariableDeclaration): boolean {
	const statement = statementOf(declaration);
	return (
		statement !== undefined && !isExported(statement) && (!declaration.initializer || isWithoutEffect(source, declaration.initializer))
	);
}
