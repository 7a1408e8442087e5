import { ts } from "ts-morph";
import { fileEdit } from "./edits.js";
import { isDatabaseClass } from "./effects.js";
import { spanOf } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { ancestor, statementOf } from "./nodes.js";
import type { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import { Refusal } from "./types.js";

/** Ends a module's pool when the process is told to stop, and lets the signal then do what it would have done. */
export const closeOnShutdown: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const source = context.source(file);
		const { name, statement } = poolAt(source, spanOf(finding, source.text).start);
		refuseOtherShutdown(file, name, context);
		const style = styleOf(source, context.model.workspace.packageOf(file));
		const text =
			style.newLine +
			handlers(name, style)
				.map((line) => `${style.newLine}${line}`)
				.join("");
		return {
			title: `End ${name} on SIGTERM and SIGINT`,
			changes: [fileEdit(file, source.text, [{ start: statement.end, end: statement.end, text }])],
			notes: ["Requests that still run may need the pool: where the server is at hand, close it before the pool."],
		};
	},
};

interface ModulePool {
	readonly name: string;
	readonly statement: ts.VariableStatement;
}

function poolAt(source: Source, start: number): ModulePool {
	const statement = source.tree.statements.find((candidate) => candidate.pos <= start && start < candidate.end);
	const declarations = statement && ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
	const declaration = declarations.find(({ initializer }) => initializer?.getStart() === start);
	const pool = declaration?.initializer;
	const home = declaration && statementOf(declaration);
	const isConstant = home !== undefined && (home.declarationList.flags & ts.NodeFlags.Const) !== 0;
	if (
		!pool ||
		!home ||
		!isConstant ||
		!ts.isNewExpression(pool) ||
		!isDatabaseClass(source, pool.expression) ||
		ancestor(pool, ts.isFunctionLike)
	)
		throw new Refusal("What to close is not a pool in a constant of its module. Close it where the server stops.");
	return { name: declaration.name.getText(), statement: home };
}

/** What ends the process in good order is there already, or is the framework's. */
function refuseOtherShutdown(file: string, pool: string, { model, workspace }: FixContext): void {
	const { frameworks } = model.workspace.packageOf(file);
	if (frameworks.has("nest"))
		throw new Refusal(`Nest has a hook for this: call ${pool}.end() in onApplicationShutdown, and app.enableShutdownHooks() in main.`);
	if (frameworks.has("fastify"))
		throw new Refusal(`Fastify has a hook for this: call ${pool}.end() in onClose, and close the server on SIGTERM.`);
	const [other] = workspace.filesWith("SIGTERM");
	if (other !== undefined) throw new Refusal(`${other} handles SIGTERM already. Call ${pool}.end() there.`);
}

function handlers(pool: string, { quote, semicolon, indent }: Style): string[] {
	const step = (depth: number, code: string): string => indent.repeat(depth) + code;
	return [
		`for (const signal of [${quote}SIGTERM${quote}, ${quote}SIGINT${quote}]) {`,
		step(1, "process.once(signal, () => {"),
		step(2, `void ${pool}.end().finally(() => process.kill(process.pid, signal))${semicolon}`),
		step(1, `})${semicolon}`),
		"}",
	];
}
