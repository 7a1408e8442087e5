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

/** Packages that close the server when the process is told to stop. */
const CLOSERS = ["close-with-grace", "fastify-graceful-shutdown", "@mgcrea/fastify-graceful-exit", "fastify-cli"];

interface Instance {
	readonly source: Source;
	readonly name: string;
	readonly statement: ts.VariableStatement;
	/** Whether the file also starts it: then it is the process's one server, and not one that a test builds. */
	readonly listens: boolean;
}

/** Closes in Fastify's own hook, which runs when the last request has been answered. */
export function fastifyShutdown(closable: Closable, context: FixContext): Repair {
	const instance = instanceOf(closable, context);
	const { source, name, statement, listens } = instance;
	const imported = importClosable(closable, source, statement, context);
	if (!imported) throw new Refusal(`${source.path} cannot import ${closable.name}. Call ${closable.close} in an onClose hook of ${name}.`);
	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const { quote, indent } = style;
	const isClosed = isClosedOnSignals(instance, context);
	const lines = [
		"",
		`${name}.addHook(${quote}onClose${quote}, async () => {`,
		`${indent}await ${imported.close}`,
		"})",
		...(isClosed || !listens ? [] : ["", ...onSignals(style, [closeAndStop(`${name}.close()`)])]),
	];
	const text = block(lines, style, indentAt(source.text, statement.getStart()));
	return {
		title: `${closable.verb} ${closable.name} in an onClose hook`,
		changes: [
			...imported.exported,
			fileEdit(source.path, source.text, [...imported.edits, { start: statement.end, end: statement.end, text }]),
		],
		notes: listens
			? []
			: [
					...(isClosed ? [] : ["Nothing closes the server yet: call close() on it on SIGTERM and SIGINT, where it is started."]),
					`Who closes such a server, a test for instance, ${closable.verb.toLowerCase()}s ${closable.name} with it.`,
				],
	};
}

function instanceOf({ source: { path }, name, close }: Closable, context: FixContext): Instance {
	const [instance, ...others] = appFilesLoading(path, "fastify", context).flatMap((file) => instancesIn(context.source(file)));
	if (!instance) throw new Refusal(`No constant holds a Fastify server that uses ${name}. Call ${close} in an onClose hook.`);
	if (others.length > 0)
		throw new Refusal(`Several Fastify servers use ${name}. Call ${close} in an onClose hook of the one that stops last.`);
	return instance;
}

function instancesIn(source: Source): Instance[] {
	const found: Instance[] = [];
	visit(source.tree, (node) => {
		if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return;
		const made = bare(node.initializer);
		const statement = statementOf(node);
		if (!statement || !ts.isCallExpression(made) || packageOf(source, made.expression) !== "fastify") return;
		const listens = source.references(node).some(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text === "listen");
		found.push({ source, name: node.name.text, statement, listens });
	});
	return found;
}

/** @throws a `Refusal` when a handler of signals stops the process without closing the server. */
function isClosedOnSignals({ source: { path } }: Instance, context: FixContext): boolean {
	const { model, text } = context;
	const { dir, dependencies } = model.workspace.packageOf(path);
	if (CLOSERS.some((name) => Object.hasOwn(dependencies, name))) return true;
	const handler = appFilesWith("SIGTERM", context).find((file) => model.workspace.packageOf(file).dir === dir);
	if (handler === undefined) return false;
	if (!text(handler).includes(".close(")) throw new Refusal(`${handler} handles SIGTERM without closing the server. Close it there first.`);
	return true;
}
