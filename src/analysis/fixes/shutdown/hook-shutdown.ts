import { ts } from "ts-morph";
import { fileEdit } from "../edits.js";
import type { FixContext, Repair } from "../kind.js";
import { bare, statementOf, visit } from "../nodes.js";
import { indentAt } from "../object-literal.js";
import type { Source } from "../source.js";
import { styleOf } from "../style.js";
import { Refusal } from "../types.js";
import { appFilesLoading, appFilesWith } from "./app-files.js";
import type { Closable } from "./closable.js";
import { importClosable } from "./closable-import.js";
import { packageOf } from "./http-server.js";
import { block, closeAndStop, onSignals } from "./signal-handlers.js";

/** A framework whose server runs hooks when the last request has been answered. */
interface HookedFramework {
	readonly name: string;
	readonly package: string;
	/** `server.addHook("onClose", …)` */
	readonly hook: { readonly method: string; readonly event: string };
	/** Methods of the server. */
	readonly start: string;
	readonly stop: string;
	/** Packages that stop the server when the process is told to stop. */
	readonly stoppers: readonly string[];
}

export const FASTIFY: HookedFramework = {
	name: "Fastify",
	package: "fastify",
	hook: { method: "addHook", event: "onClose" },
	start: "listen",
	stop: "close",
	stoppers: ["close-with-grace", "fastify-graceful-shutdown", "@mgcrea/fastify-graceful-exit", "fastify-cli"],
};

export const HAPI: HookedFramework = {
	name: "Hapi",
	package: "@hapi/hapi",
	hook: { method: "ext", event: "onPostStop" },
	start: "start",
	stop: "stop",
	stoppers: ["close-with-grace", "hapi-pulse", "exiting", "exiting-and-logging"],
};

interface Instance {
	readonly source: Source;
	readonly name: string;
	readonly statement: ts.VariableStatement;
	/** Whether the file also starts it: then it is the process's one server, and not one that a test builds. */
	readonly listens: boolean;
}

/** Closes in the framework's own hook, which runs when the last request has been answered. */
export function hookShutdown(closable: Closable, framework: HookedFramework, context: FixContext): Repair {
	const { hook, stop } = framework;
	const instance = instanceOf(closable, framework, context);
	const { source, name, statement, listens } = instance;
	const imported = importClosable(closable, source, statement, context);
	if (!imported)
		throw new Refusal(`${source.path} cannot import ${closable.name}. Call ${closable.close} in an ${hook.event} hook of ${name}.`);
	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const { quote, indent } = style;
	const isStopped = isStoppedOnSignals(instance, framework, context);
	const lines = [
		"",
		`${name}.${hook.method}(${quote}${hook.event}${quote}, async () => {`,
		`${indent}await ${imported.close}`,
		"})",
		...(isStopped || !listens ? [] : ["", ...onSignals(style, [closeAndStop(`${name}.${stop}()`)])]),
	];
	const text = block(lines, style, indentAt(source.text, statement.getStart()));
	return {
		title: `${closable.verb} ${closable.name} in an ${hook.event} hook`,
		changes: [
			...imported.exported,
			fileEdit(source.path, source.text, [...imported.edits, { start: statement.end, end: statement.end, text }]),
		],
		notes: listens
			? []
			: [
					...(isStopped ? [] : [`Nothing stops the server yet: call ${stop}() on it on SIGTERM and SIGINT, where it is started.`]),
					`Who stops such a server, a test for instance, ${closable.verb.toLowerCase()}s ${closable.name} with it.`,
				],
	};
}

function instanceOf({ source: { path }, name, close }: Closable, framework: HookedFramework, context: FixContext): Instance {
	const { hook } = framework;
	const files = appFilesLoading(path, framework.package, context);
	const [instance, ...others] = files.flatMap((file) => instancesIn(context.source(file), framework));
	if (!instance)
		throw new Refusal(`No constant holds a ${framework.name} server that uses ${name}. Call ${close} in an ${hook.event} hook.`);
	if (others.length > 0)
		throw new Refusal(`Several ${framework.name} servers use ${name}. Call ${close} in an ${hook.event} hook of the one that stops last.`);
	return instance;
}

/** `Fastify()`, `require("fastify")()`, `Hapi.server()`, `new Hapi.Server()`; not what else the packages export. */
const SERVER_MAKER = /(^|\.)(server|Server|fastify|Fastify)$|^[\w$]+$|^require\(/;

function instancesIn(source: Source, framework: HookedFramework): Instance[] {
	const found: Instance[] = [];
	visit(source.tree, (node) => {
		if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return;
		const made = bare(node.initializer);
		const statement = statementOf(node);
		if (!statement || !(ts.isCallExpression(made) || ts.isNewExpression(made))) return;
		if (packageOf(source, made.expression) !== framework.package || !SERVER_MAKER.test(made.expression.getText())) return;
		const listens = source
			.references(node)
			.some(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === framework.start);
		found.push({ source, name: node.name.text, statement, listens });
	});
	return found;
}

/** @throws a `Refusal` when a handler of signals stops the process without stopping the server. */
function isStoppedOnSignals({ source: { path } }: Instance, { stop, stoppers }: HookedFramework, context: FixContext): boolean {
	const { model, text } = context;
	const { dir, dependencies } = model.workspace.packageOf(path);
	if (stoppers.some((name) => Object.hasOwn(dependencies, name))) return true;
	const handler = appFilesWith("SIGTERM", context).find((file) => model.workspace.packageOf(file).dir === dir);
	if (handler === undefined) return false;
	if (!text(handler).includes(`.${stop}(`))
		throw new Refusal(`${handler} handles SIGTERM without a call of ${stop}() on the server. Add it there first.`);
	return true;
}
