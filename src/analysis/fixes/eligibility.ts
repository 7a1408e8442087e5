import { ts } from "ts-morph";
import type { Framework } from "../workspace/types.js";
import type { ClientPlace } from "./client-place.js";
import { bare, statementOf, visit, within } from "./nodes.js";
import type { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";
import { Refusal, type UseSingletonRequest } from "./types.js";

/** Throws a `Refusal` for clients that are meant to be several: per tenant, read replicas, edge runtimes, classes of their own. */
export function checkEligible(source: Source, place: ClientPlace, request: UseSingletonRequest): void {
	refuseEdge(source, place, request);
	refuseReplica(place);
	const varying = varyingName(source, [place.creation.expression, ...(place.creation.arguments ?? []), ...place.extensions]);
	if (varying !== null) {
		throw new Refusal(
			`Its options depend on \`${varying}\`, so one call's client is not another's. Keep one client per value, for instance in a Map.`,
		);
	}
	refuseSubclass(request);
}

const NODE_SERVERS: readonly Framework[] = ["express", "fastify", "koa", "hapi", "nest"];

function refuseEdge(source: Source, place: ClientPlace, request: UseSingletonRequest): void {
	const isEdgeFile = /^\s*export\s+const\s+runtime\s*=\s*["'](edge|experimental-edge)["']/m.test(source.text);
	const specifiers = [place.creation.expression, ...(place.creation.arguments ?? [])].flatMap((node) => importsIn(source, node));
	const isEdgeClient = specifiers.some((specifier) => /\/(edge|wasm|workerd)$|^@prisma\/adapter-d1$/.test(specifier));
	const { frameworks } = request.package;
	const isWorker = frameworks.has("workers") && !NODE_SERVERS.some((framework) => frameworks.has(framework));
	if (isEdgeFile || isEdgeClient || isWorker) {
		throw new Refusal("Edge and Workers runtimes must not share a connection between requests; a client per request is right there.");
	}
}

function importsIn(source: Source, node: ts.Node): string[] {
	const found: string[] = [];
	const seen = new Set<ts.Declaration>();
	const follow = (from: ts.Node): void => {
		visit(from, (inner) => {
			const declaration = ts.isIdentifier(inner) ? source.declarationOf(inner) : undefined;
			if (!declaration || seen.has(declaration)) return;
			seen.add(declaration);
			const specifier = specifierOf(source, declaration);
			if (specifier !== undefined) found.push(specifier);
			else if (ts.isVariableDeclaration(declaration) && declaration.initializer) follow(declaration.initializer);
		});
	};
	follow(node);
	return found;
}

function refuseReplica(place: ClientPlace): void {
	const { holder } = place;
	const name = holder.kind === "none" ? "" : holder.kind === "field" ? holder.name : holder.declaration.name.getText();
	if (/replica|read_?only|reader$/i.test(name))
		throw new Refusal(`\`${name}\` is named as a read replica's client, which the shared one is not.`);
}

/** The first name in the options that can differ from call to call: a parameter, a loop's variable, a member of `this`. */
function varyingName(source: Source, expressions: readonly ts.Expression[]): string | null {
	const seen = new Set<ts.Declaration>();
	let found: string | null = null;
	const follow = (root: ts.Node): void => {
		visit(root, (node) => {
			if (node.kind === ts.SyntaxKind.ThisKeyword) found ??= node.parent.getText();
			const declaration = ts.isIdentifier(node) ? source.declarationOf(node) : undefined;
			if (!declaration || seen.has(declaration) || within(declaration, root)) return;
			seen.add(declaration);
			if (ts.isParameter(declaration)) found ??= node.getText();
			const variable = ts.isBindingElement(declaration) ? ownerOf(declaration) : declaration;
			if (ts.isParameter(variable)) found ??= node.getText();
			if (!ts.isVariableDeclaration(variable)) return;
			if (variable.initializer) follow(variable.initializer);
			else if (!isOfModule(variable)) found ??= node.getText();
		});
	};
	for (const expression of expressions) follow(bare(expression));
	return found;
}

function isOfModule(variable: ts.VariableDeclaration): boolean {
	const statement = statementOf(variable);
	return statement !== undefined && ts.isSourceFile(statement.parent);
}

function ownerOf(element: ts.BindingElement): ts.Declaration {
	const owner = element.parent.parent;
	return ts.isBindingElement(owner) ? ownerOf(owner) : owner;
}

function refuseSubclass({ client, shared }: UseSingletonRequest): void {
	if (shared && client.key !== shared.client.key) {
		throw new Refusal(`It is made from another generated client than the one in ${shared.file}.`);
	}
	const own = client.subclass;
	if (!own || own.members.length === 0 || (shared && shared.client.subclass?.name === own.name)) return;
	if (!shared) return;
	throw new Refusal(
		`${own.name} adds ${own.members.slice(0, 3).join(", ")} to PrismaClient, which the client in ${shared.file} does not have.`,
	);
}
