import { ts } from "ts-morph";
import { type ImportName, namesOf } from "./import-names.js";
import { ancestor, visit } from "./nodes.js";
import type { Rewrite } from "./rewrite.js";
import type { Source } from "./source.js";

/** What is left of an import may be needed for its types alone. */
export function keepTypes(source: Source, rewrite: Rewrite, statement: ts.ImportDeclaration): void {
	const clause = statement.importClause;
	if (!source.isTypeScript || !clause || clause.isTypeOnly || rewrite.covers(statement) || hasDecorators(source)) return;
	const left = namesOf(clause).filter((name) => !rewrite.covers(name === clause ? (clause.name ?? clause) : name));
	const isMixed = left.includes(clause) && left.length > 1;
	if (left.length === 0 || isMixed || !left.every((name) => isTypeName(source, rewrite, name))) return;
	rewrite.insert(clause.getStart(), "type ");
	for (const name of left) {
		if (ts.isImportSpecifier(name) && name.isTypeOnly) {
			rewrite.replaceRange({ start: name.getStart(), end: (name.propertyName ?? name.name).getStart(), text: "" });
		}
	}
}

function isTypeName(source: Source, rewrite: Rewrite, name: ImportName): boolean {
	if (ts.isImportSpecifier(name) && name.isTypeOnly) return true;
	const left = source.references(name).filter((mention) => !rewrite.covers(mention));
	return left.length > 0 && left.every(isTypeUse);
}

/** Decorators may need the class at run time for what the compiler emits about types. */
function hasDecorators(source: Source): boolean {
	let found = false;
	visit(source.tree, (node) => {
		found ||= ts.isDecorator(node);
	});
	return found;
}

function isTypeUse(mention: ts.Identifier): boolean {
	let name: ts.Node = mention;
	while (ts.isQualifiedName(name.parent)) name = name.parent;
	return ts.isPartOfTypeNode(name) || ancestor(mention, ts.isTypeQueryNode) !== undefined;
}
