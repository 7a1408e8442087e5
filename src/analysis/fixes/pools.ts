import { ts } from "ts-morph";
import type { ClientPlace } from "./client-place.js";
import { isDatabaseClass } from "./effects.js";
import { bare, visit, within } from "./nodes.js";
import type { Source } from "./source.js";

/** A driver's pool or adapter in a variable, made for one client. */
export interface ClientPool {
	readonly declaration: ts.VariableDeclaration;
	/** `pool.end()` */
	readonly ends: readonly ts.CallExpression[];
}

/** The pools behind a client that serve nobody else: what ends them goes with them. */
export function poolsOf(source: Source, place: ClientPlace): ClientPool[] {
	const declarations: ts.VariableDeclaration[] = [];
	const follow = (root: ts.Node): void => {
		visit(root, (node) => {
			const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
			if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer || declarations.includes(declaration)) return;
			const made = bare(declaration.initializer);
			if (!ts.isNewExpression(made) || !isDatabaseClass(source, made.expression)) return;
			declarations.push(declaration);
			follow(made);
		});
	};
	for (const argument of place.creation.arguments ?? []) follow(argument);
	return declarations.flatMap((declaration) => {
		const others = source
			.references(declaration)
			.filter((mention) => !within(mention, place.creation) && !declarations.some((other) => within(mention, other)));
		const ends = others.flatMap((mention) => endOf(mention) ?? []);
		return ends.length === others.length ? [{ declaration, ends }] : [];
	});
}

function endOf(mention: ts.Identifier): ts.CallExpression | null {
	const member = mention.parent;
	if (!ts.isPropertyAccessExpression(member) || member.expression !== mention || member.name.text !== "end") return null;
	return ts.isCallExpression(member.parent) && member.parent.expression === member ? member.parent : null;
}
