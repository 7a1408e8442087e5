import { ts } from "ts-morph";

/** A name that an import brings in. A clause stands for its default name. */
export type ImportName = ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport | ts.ImportEqualsDeclaration;

export function isImportName(node: ts.Declaration): node is ImportName {
	return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isImportEqualsDeclaration(node);
}

export function namesOf(clause: ts.ImportClause): ImportName[] {
	const names: ImportName[] = clause.name ? [clause] : [];
	const bindings = clause.namedBindings;
	if (!bindings) return names;
	return ts.isNamespaceImport(bindings) ? [...names, bindings] : [...names, ...bindings.elements];
}
