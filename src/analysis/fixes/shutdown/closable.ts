import { ts } from "ts-morph";
import type { Finding } from "../../../protocol/index.js";
import { isDatabaseClass } from "../effects.js";
import { spanOf } from "../finding-place.js";
import type { FixContext } from "../kind.js";
import { isConst, statementOf } from "../nodes.js";
import type { Source } from "../source.js";
import { Refusal } from "../types.js";
import { managerAt } from "./manager.js";

/** What is to be closed when the process is told to stop, and that lives as long as the process. */
export interface Closable {
	readonly source: Source;
	/** The constant that holds it, or the class that hands it out: `pool`. */
	readonly name: string;
	/** The statement at the top of the module that declares the name. */
	readonly statement: ts.Statement;
	/** Closes it, and yields a promise: `pool.end()`. */
	readonly close: string;
	/** "End" a pool, "Close" a manager. */
	readonly verb: "End" | "Close";
	/** The class whose method closes it; null for a pool. */
	readonly owner: ts.ClassLikeDeclaration | null;
}

/** @throws a `Refusal` when it is neither a pool nor a manager that the whole process shares. */
export function closableAt(finding: Finding, context: FixContext): Closable {
	const source = context.source(finding.file);
	return poolAt(source, spanOf(finding, source.text).start) ?? managerAt(finding, context);
}

function poolAt(source: Source, start: number): Closable | null {
	const statement = source.tree.statements.find((candidate) => candidate.pos <= start && start < candidate.end);
	const declarations = statement && ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
	const declaration = declarations.find(({ initializer }) => initializer?.getStart() === start);
	const pool = declaration?.initializer;
	if (!declaration || !pool || !ts.isNewExpression(pool) || !isDatabaseClass(source, pool.expression)) return null;
	const home = statementOf(declaration);
	if (!home || !isConst(declaration))
		throw new Refusal("The variable that holds this pool may come to hold another. End the pool where the server stops.");
	const name = declaration.name.getText();
	return { source, name, statement: home, close: `${name}.end()`, verb: "End", owner: null };
}
