import { ts } from "ts-morph";
import type { FileChange } from "../../../protocol/index.js";
import { type Edit, fileEdit } from "../edits.js";
import type { FixContext } from "../kind.js";
import { LocalNames } from "../local-name.js";
import { bare, hasModifier, isExported } from "../nodes.js";
import { addProperties } from "../object-literal.js";
import { Rewrite } from "../rewrite.js";
import { SharedImport } from "../shared-import.js";
import type { Source } from "../source.js";
import { styleOf } from "../style.js";
import type { Target } from "../target.js";
import type { Closable } from "./closable.js";

export interface Imported {
	/** Closes it, in the words of the file that imports it. */
	readonly close: string;
	/** Of the file that imports it. */
	readonly edits: readonly Edit[];
	/** Of the module that holds it, when it was not exported yet. */
	readonly exported: readonly FileChange[];
}

/** Brings what is to be closed into the file that stops the server, where it is used at `use`; null where no import would do. */
export function importClosable(closable: Closable, into: Source, use: ts.Node, context: FixContext): Imported | null {
	const { source, name, close } = closable;
	if (source.path === into.path) return { close, edits: [], exported: [] };
	const { workspace, model } = context;
	const style = styleOf(into, model.workspace.packageOf(into.path));
	const from = styleOf(source, model.workspace.packageOf(source.path));
	const specifier = workspace.specifierFor(into.path, source.path);
	const way = exportOf(closable);
	if (!way || specifier === null || style.modules !== from.modules || style.modules === "import-equals") return null;
	if (workspace.reaches(source.path, into.path)) return null;
	const target: Target = { file: source.path, exportName: way.exportName, access: "value" };
	const rewrite = new Rewrite(into, style);
	const shared = new SharedImport(rewrite, target, specifier, (text) => workspace.resolveImport(into.path, text) === source.path);
	const known = shared.existing();
	const local = (known && ts.getNameOfDeclaration(known)?.getText()) ?? new LocalNames(into, new Set(), [use]).pick([name]);
	if (!known) shared.write(local, null, use.getStart());
	return {
		close: local + close.slice(name.length),
		edits: rewrite.edits(),
		exported: way.edit ? [fileEdit(source.path, source.text, [way.edit])] : [],
	};
}

interface ExportWay {
	readonly exportName: string;
	/** Exports it; null when it is exported already. */
	readonly edit: Edit | null;
}

function exportOf({ source, name, statement }: Closable): ExportWay | null {
	const { tree } = source;
	if (isExported(statement)) return isDefault(statement) ? { exportName: "default", edit: null } : { exportName: name, edit: null };
	for (const other of tree.statements) {
		const known = ts.isExportDeclaration(other) ? inList(other, name) : ts.isExportAssignment(other) ? asDefault(other, name) : null;
		if (known !== null) return { exportName: known, edit: null };
	}
	const commonJs = tree.statements.map((other) => moduleExports(other)).find((value) => value !== null);
	if (commonJs) return inModuleExports(source, commonJs, name);
	const isEsm = tree.statements.some((other) => ts.isImportDeclaration(other) || isExported(other));
	const isAlone = !ts.isVariableStatement(statement) || statement.declarationList.declarations.length === 1;
	const start = statement.getStart(tree);
	return isEsm && isAlone ? { exportName: name, edit: { start, end: start, text: "export " } } : null;
}

function isDefault(statement: ts.Statement): boolean {
	return hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
}

function inList({ exportClause, moduleSpecifier }: ts.ExportDeclaration, name: string): string | null {
	if (moduleSpecifier || !exportClause || !ts.isNamedExports(exportClause)) return null;
	const found = exportClause.elements.find((element) => (element.propertyName ?? element.name).text === name);
	return found?.name.text ?? null;
}

function asDefault({ expression, isExportEquals }: ts.ExportAssignment, name: string): string | null {
	return !isExportEquals && expression.getText() === name ? "default" : null;
}

/** What a statement assigns to `module.exports`. */
function moduleExports(statement: ts.Statement): ts.Expression | null {
	if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return null;
	const { left, right } = statement.expression;
	return left.getText() === "module.exports" ? bare(right) : null;
}

function inModuleExports(source: Source, value: ts.Expression, name: string): ExportWay | null {
	if (value.getText() === name) return { exportName: "export=", edit: null };
	if (!ts.isObjectLiteralExpression(value)) return null;
	const known = value.properties.find((property) => ts.isShorthandPropertyAssignment(property) && property.name.text === name);
	return { exportName: name, edit: known ? null : addProperties(source, value, [name]) };
}
