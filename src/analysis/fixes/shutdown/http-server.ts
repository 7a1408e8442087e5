import { ts } from "ts-morph";
import type { Edit } from "../edits.js";
import type { FixContext } from "../kind.js";
import { LocalNames } from "../local-name.js";
import { ancestor, bare, visit } from "../nodes.js";
import type { Source } from "../source.js";
import { requiredSpecifier, specifierOf } from "../specifiers.js";
import { appFilesLoading } from "./app-files.js";

/** A server that a file starts to listen. */
export interface HttpServer {
	readonly source: Source;
	/** The variable that holds it, or shall: `server`. */
	readonly name: string;
	/** Gives it that name; null when it has one. */
	readonly naming: Edit | null;
	/** The statement that starts it. */
	readonly statement: ts.Statement;
}

/** The one server of the processes that load `file`; null when there is none, several, or one of another make. */
export function serverOf(file: string, context: FixContext): HttpServer | null {
	const files = [...appFilesLoading(file, ".listen(", context), ...appFilesLoading(file, HONO_SERVER, context)];
	const [starter, ...others] = new Set(files);
	if (starter === undefined || others.length > 0) return null;
	const source = context.source(starter);
	const calls: ts.CallExpression[] = [];
	visit(source.tree, (node) => {
		if (ts.isCallExpression(node) && (isListen(node) || isHonoServe(source, node))) calls.push(node);
	});
	const [call] = calls;
	return call && calls.length === 1 ? startedBy(source, call) : null;
}

/** Hono's server for Node: `serve({ fetch: app.fetch })` returns one of `node:http`. */
const HONO_SERVER = "@hono/node-server";

function isListen({ expression }: ts.CallExpression): boolean {
	return ts.isPropertyAccessExpression(expression) && expression.name.text === "listen";
}

function isHonoServe(source: Source, { expression }: ts.CallExpression): boolean {
	return packageOf(source, expression) === HONO_SERVER && /\bserve$/.test(expression.getText());
}

function startedBy(source: Source, call: ts.CallExpression): HttpServer | null {
	const receiver = ts.isPropertyAccessExpression(call.expression) ? bare(call.expression.expression) : null;
	const kind = isHonoServe(source, call) ? "app" : receiver && ts.isIdentifier(receiver) ? kindOf(source, receiver) : null;
	if (kind === null) return null;
	const { parent } = call;
	if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
		const statement = ancestor(parent, ts.isVariableStatement);
		return statement ? { source, name: parent.name.text, naming: null, statement } : null;
	}
	if (!ts.isExpressionStatement(parent)) return null;
	if (kind === "server" && receiver) return { source, name: receiver.getText(), naming: null, statement: parent };
	const name = new LocalNames(source, new Set(), [parent]).pick(["server", "httpServer"]);
	const start = parent.getStart();
	return { source, name, naming: { start, end: start, text: `const ${name} = ` }, statement: parent };
}

/** `http.createServer()` makes a server, `express()` and `new Koa()` an app whose `listen` returns one. */
function kindOf(source: Source, variable: ts.Identifier): "server" | "app" | null {
	const declaration = source.declarationOf(variable);
	const made = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? bare(declaration.initializer) : null;
	if (!made || (!ts.isCallExpression(made) && !ts.isNewExpression(made))) return null;
	const specifier = packageOf(source, made.expression);
	if (specifier === "express" || specifier === "koa") return "app";
	return specifier !== null && /^(node:)?https?$/.test(specifier) && /\bcreateServer$/.test(made.expression.getText()) ? "server" : null;
}

/** The package that a called function comes from. */
export function packageOf(source: Source, callee: ts.Expression): string | null {
	let root = bare(callee);
	while (ts.isPropertyAccessExpression(root)) root = bare(root.expression);
	if (ts.isCallExpression(root)) return requiredSpecifier(source, root) ?? null;
	const declaration = ts.isIdentifier(root) ? source.declarationOf(root) : undefined;
	return (declaration && specifierOf(source, declaration)) ?? null;
}
