import { type Edit, fileEdit } from "../edits.js";
import type { FixContext, Repair } from "../kind.js";
import { indentAt } from "../object-literal.js";
import { styleOf } from "../style.js";
import { Refusal } from "../types.js";
import { appFilesWith } from "./app-files.js";
import type { Closable } from "./closable.js";
import { importClosable } from "./closable-import.js";
import { type HttpServer, serverOf } from "./http-server.js";
import { beforeExit, block, closeAndStop, onSignals } from "./signal-handlers.js";

/** Closes the server and then what it uses, where the server starts; beside its constant where no server of a known make starts. */
export function plainShutdown(closable: Closable, context: FixContext): Repair {
	refuseOtherHandler(closable, context);
	const server = serverOf(closable.source.path, context);
	return (server && atServer(closable, server, context)) ?? besideConstant(closable, context);
}

function refuseOtherHandler({ source: { path }, close }: Closable, context: FixContext): void {
	const { workspace, model } = context;
	const home = model.workspace.packageOf(path);
	const other = appFilesWith("SIGTERM", context).find((file) => model.workspace.packageOf(file) === home || workspace.reaches(file, path));
	if (other !== undefined) throw new Refusal(`${other} handles SIGTERM already. Call ${close} there.`);
}

function atServer(closable: Closable, server: HttpServer, context: FixContext): Repair | null {
	const { source, statement, naming } = server;
	const imported = importClosable(closable, source, statement, context);
	if (!imported) return null;
	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const { close, edits, exported } = imported;
	const onClosed = [`${server.name}.close(() => {`, style.indent + closeAndStop(close), "})"];
	const lines = ["", ...onSignals(style, onClosed), "", ...beforeExit(style, close)];
	const text = block(lines, style, indentAt(source.text, statement.getStart()));
	const added: Edit = { start: statement.end, end: statement.end, text };
	return {
		title: `Close the server and ${closable.verb.toLowerCase()} ${closable.name} on SIGTERM and SIGINT`,
		changes: [...exported, fileEdit(source.path, source.text, [...edits, ...(naming ? [naming] : []), added])],
		notes: [],
	};
}

function besideConstant({ source, statement, name, close, verb }: Closable, context: FixContext): Repair {
	const style = styleOf(source, context.model.workspace.packageOf(source.path));
	const lines = ["", ...onSignals(style, [closeAndStop(close)]), "", ...beforeExit(style, close)];
	return {
		title: `${verb} ${name} on SIGTERM and SIGINT`,
		changes: [fileEdit(source.path, source.text, [{ start: statement.end, end: statement.end, text: block(lines, style, "") }])],
		notes: [`Requests that still run may need ${name}: where the server is at hand, close it first.`],
	};
}
