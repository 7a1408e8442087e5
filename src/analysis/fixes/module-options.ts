import { ts } from "ts-morph";
import type { ProvidedClass, Provider } from "../summaries/provided.js";
import type { Edit } from "./edits.js";
import type { FixContext } from "./kind.js";
import { ancestor, expressionAt, isExported } from "./nodes.js";
import { addProperties } from "./object-literal.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";
import { Refusal } from "./types.js";

/** What `@Module({…})` of a framework is given. */
export interface ModuleOptions {
	readonly source: Source;
	readonly options: ts.ObjectLiteralExpression;
	readonly providers: ts.ArrayLiteralExpression;
	/** The service among the providers. */
	readonly service: ts.Identifier;
	readonly owner: ts.ClassDeclaration & { readonly name: ts.Identifier };
}

/** Reads the module that lists a service. @throws a `Refusal` when it is not written as plain lists of names. */
export function moduleOptions({ file, span }: Provider, service: ProvidedClass, context: FixContext): ModuleOptions {
	const source = context.source(file);
	const providers = expressionAt(source.tree, span);
	const options = providers?.parent.parent;
	if (!providers || !ts.isArrayLiteralExpression(providers) || !options || !ts.isObjectLiteralExpression(options)) {
		throw new Refusal(`The providers of the module in ${file} are not written as a list.`);
	}
	const element = providers.elements.find((candidate) => isService(candidate, source, service, context));
	if (!element || !ts.isIdentifier(element)) throw new Refusal(`${file} provides the service in a way that this fix cannot change.`);
	const owner = ancestor(options, ts.isClassDeclaration);
	if (!isNamed(owner)) throw new Refusal(`The module in ${file} has no name.`);
	return { source, options, providers, service: element, owner };
}

function isNamed(owner: ts.ClassDeclaration | undefined): owner is ModuleOptions["owner"] {
	return owner?.name !== undefined;
}

function isService(element: ts.Expression, source: Source, service: ProvidedClass, { workspace }: FixContext): boolean {
	const declaration = ts.isIdentifier(element) ? source.declarationOf(element) : undefined;
	if (!declaration) return false;
	if (ts.isClassDeclaration(declaration)) return source.path === service.file;
	const specifier = specifierOf(source, declaration);
	return specifier !== undefined && workspace.resolveImport(source.path, specifier) === service.file;
}

/** Whether other files can import the module's class by its name. */
export function isHandedOut({ source, owner }: ModuleOptions): boolean {
	const inExports = (mention: ts.Identifier): boolean =>
		ts.isExportSpecifier(mention.parent) || /^(module\.)?exports\b/.test(ancestor(mention, ts.isExpressionStatement)?.getText() ?? "");
	return isExported(owner) || source.references(owner).some(inExports);
}

/** Puts a name at the end of a list among the options. */
export function listed({ source, options }: ModuleOptions, key: "imports" | "exports", name: string): Edit {
	const property = options.properties.find((candidate) => candidate.name?.getText() === key);
	if (!property) return addProperties(source, options, [`${key}: [${name}]`]);
	const list = ts.isPropertyAssignment(property) ? property.initializer : null;
	if (!list || !ts.isArrayLiteralExpression(list)) throw new Refusal(`The module's ${key} are not written as a list.`);
	const last = list.elements.at(-1);
	return last ? { start: last.end, end: last.end, text: `, ${name}` } : { start: list.getStart(), end: list.end, text: `[${name}]` };
}

/** The service among what the module exports. */
export function exported({ options, service }: ModuleOptions): ts.Expression | null {
	const property = options.properties.find((candidate) => candidate.name?.getText() === "exports");
	const list = property && ts.isPropertyAssignment(property) ? property.initializer : null;
	return list && ts.isArrayLiteralExpression(list) ? (list.elements.find((element) => element.getText() === service.text) ?? null) : null;
}

/** Takes the service from the providers, with the comma on its one side; a list without providers goes with its property. */
export function withoutService({ options, providers, service }: ModuleOptions): Edit {
	const isAlone = providers.elements.length === 1;
	const siblings: readonly ts.Node[] = isAlone ? options.properties : providers.elements;
	const gone = isAlone ? providers.parent : service;
	const at = siblings.indexOf(gone);
	const next = siblings[at + 1];
	const previous = siblings[at - 1];
	if (next) return { start: gone.getStart(), end: next.getStart(), text: "" };
	return { start: previous?.end ?? gone.getStart(), end: gone.end, text: "" };
}
