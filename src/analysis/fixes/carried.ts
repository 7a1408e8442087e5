import { ts } from "ts-morph";
import type { ClientPlace } from "./client-place.js";
import { isWithoutEffect } from "./effects.js";
import { bare, isConst, statementOf, visit, within } from "./nodes.js";
import { poolsOf } from "./pools.js";
import type { Source } from "./source.js";
import { requiredSpecifier, specifierOf } from "./specifiers.js";
import { Refusal } from "./types.js";

export interface NeededImport {
	readonly specifier: string;
	/** Name in the module: `default`, `*` for the namespace, `export=` for all that `require` returns. */
	readonly imported: string;
	readonly local: string;
}

/** What a client needs to be made in a module of its own. */
export interface Carried {
	readonly imports: readonly NeededImport[];
	/** Constants it is made from, in order, one declaration each. */
	readonly constants: readonly ts.VariableDeclaration[];
}

/** Collects the imports and constants behind a client; throws a `Refusal` when it is made from what must stay in its file. */
export function carriedBy(source: Source, place: ClientPlace): Carried {
	const imports: NeededImport[] = [];
	const constants: ts.VariableDeclaration[] = [];
	const follow = (root: ts.Node): void => {
		visit(root, (node) => {
			const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
			if (!declaration || !ts.isIdentifier(node) || within(declaration, root) || !source.mentions(node.text).includes(node)) return;
			const needed = importOf(source, declaration, node.text);
			if (needed) {
				if (!imports.some((other) => other.local === needed.local)) imports.push(needed);
				return;
			}
			const constant = constantOf(source, declaration, node);
			if (constants.includes(constant)) return;
			if (constant.initializer) follow(constant.initializer);
			constants.push(constant);
		});
	};
	follow(place.made);
	refuseSharedPools(source, place, constants);
	return { imports, constants };
}

function importOf(source: Source, declaration: ts.Declaration, local: string): NeededImport | null {
	const specifier = directSpecifier(source, declaration);
	if (specifier === undefined) return null;
	if (ts.isImportSpecifier(declaration)) return { specifier, imported: (declaration.propertyName ?? declaration.name).text, local };
	if (ts.isImportClause(declaration)) return { specifier, imported: "default", local };
	if (ts.isNamespaceImport(declaration)) return { specifier, imported: "*", local };
	if (ts.isBindingElement(declaration)) return { specifier, imported: (declaration.propertyName ?? declaration.name).getText(), local };
	return { specifier, imported: "export=", local };
}

/** The module, when the name is taken from it without a step between. */
function directSpecifier(source: Source, declaration: ts.Declaration): string | undefined {
	const variable = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
	if (!ts.isVariableDeclaration(variable)) return specifierOf(source, declaration);
	const initializer = variable.initializer && bare(variable.initializer);
	const isPlain = initializer && (ts.isCallExpression(initializer) || ts.isAwaitExpression(initializer));
	return isPlain ? requiredSpecifier(source, initializer) : undefined;
}

function constantOf(source: Source, declaration: ts.Declaration, mention: ts.Identifier): ts.VariableDeclaration {
	const owner = ts.isBindingElement(declaration) ? declaration.parent.parent : declaration;
	if (!ts.isVariableDeclaration(owner) || !isConst(owner) || !owner.initializer || !statementOf(owner)) {
		throw new Refusal(`It is made with \`${mention.text}\`, which this file keeps to itself. Move that to a module of its own first.`);
	}
	if (!isWithoutEffect(source, owner.initializer)) {
		throw new Refusal(`It is made with \`${mention.text}\`, which this file computes. Move that to a module of its own first.`);
	}
	return owner;
}

/** Two pools where one was shared would be a new leak. */
function refuseSharedPools(source: Source, place: ClientPlace, constants: readonly ts.VariableDeclaration[]): void {
	const own = poolsOf(source, place).map(({ declaration }) => declaration);
	for (const constant of constants) {
		if (own.includes(constant) || !constant.initializer || !/\bnew\b/.test(constant.initializer.getText())) continue;
		throw new Refusal(`\`${constant.name.getText()}\` is also used elsewhere in this file, so it cannot move with the client.`);
	}
}
