import type { CallFact } from "../facts/index.js";
import { clientClass } from "../summaries/client-class.js";
import { constructorLimits, type Limit } from "../summaries/transaction-limits.js";
import type { Wrapper } from "../summaries/transaction-sites.js";
import { headSpan } from "./places.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

/** Milliseconds above which a setting is a warning: requests pile up behind it, or locks are held that long. */
const MAX_WAIT_LIMIT = 10_000;
export const TIMEOUT_LIMIT = 20_000;

export const transactionTimeout: Rule = {
	meta: {
		id: "transaction-timeout",
		title: "A transaction may wait or run too long",
		finds: "maxWait over 10 s or timeout over 20 s of interactive transactions, in the call or in the client's transactionOptions.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		for (const limit of transactionLimits(model, file)) {
			const finding = limitFinding(model, limit);
			if (finding) yield finding;
		}
		for (const wrapper of model.transactions.wrappers) if (wrapper.ref.file === file) yield* wrapperFinding(model, wrapper);
	},
};

/** Limits of a file's calls, of the constructor's `transactionOptions`, and of the `super` call of a class that extends PrismaClient. */
export function* transactionLimits(model: FileModel, file: string): Iterable<Limit> {
	if (model.workspace.roleOf(file) !== "app") return;
	for (const client of model.clientsOf(file)) yield* constructorLimits(model.linker, file, client.fact);
	for (const call of model.linker.facts(file)?.calls ?? [])
		if (call.callee.k === "super" && isClientConstructor(model, file, call)) yield* constructorLimits(model.linker, file, call);
	yield* model.transactions.of(file).limits;
}

function isClientConstructor(model: FileModel, file: string, call: CallFact): boolean {
	const id = model.linker.facts(file)?.functions[call.function]?.classId ?? null;
	return id !== null && clientClass(model.linker, { k: "class", file, id }) !== null;
}

function limitFinding(model: FileModel, limit: Limit): RuleFinding | null {
	const severity = severityOf(model, limit);
	if (!severity || model.workspace.roleOf(limit.file) !== "app") return null;
	return {
		severity,
		place: { file: limit.file, span: limit.span },
		message: messageOf(model, limit),
		related: originOf(limit),
		fixes: ["set-transaction-timeout"],
	};
}

function severityOf(model: FileModel, { name, longest }: Limit): "warning" | "hint" | null {
	if (longest.value > (name === "maxWait" ? MAX_WAIT_LIMIT : TIMEOUT_LIMIT)) return longest.environment === null ? "warning" : "hint";
	return name === "maxWait" && longest.value > model.settings.profile.transactionMaxWaitMs ? "hint" : null;
}

function messageOf({ settings }: FileModel, { name, longest }: Limit): string {
	return name === "maxWait"
		? `maxWait is ${duration(longest.value)}: when the pool is exhausted, requests pile up that long before one fails. Set it to ${duration(settings.profile.transactionMaxWaitMs)} or less; Prisma's default is 2 s.`
		: `timeout is ${duration(longest.value)}: a transaction that hangs keeps its connection and row locks that long. Set it to ${duration(TIMEOUT_LIMIT)} or less and move slow work out of the transaction; Prisma's default is 5 s.`;
}

/** Where the number is written, when that is not the place of the finding. */
function originOf({ file, span, longest }: Limit): NonNullable<RuleFinding["related"]> {
	if (longest.file === file && longest.start >= span.start && longest.end <= span.end) return [];
	return [{ place: { file: longest.file, span: { start: longest.start, end: longest.end } }, message: "The value comes from here." }];
}

const UNITS = [
	["day", 86_400_000],
	["h", 3_600_000],
	["min", 60_000],
	["s", 1_000],
] as const;

/** "60 s", "3 min", "1157 days". */
function duration(milliseconds: number): string {
	for (const [unit, size] of UNITS) {
		const count = milliseconds / size;
		if (count < (unit === "s" ? 1 : 2)) continue;
		const rounded = Math.round(count * 10) / 10;
		return unit === "day" ? `${Math.round(count)} days` : `${rounded} ${unit}`;
	}
	return `${milliseconds} ms`;
}

/** A wrapper that passes its caller's callback on: a good place for limits that nobody has set. */
function* wrapperFinding(model: FileModel, { ref, passes }: Wrapper): Iterable<RuleFinding> {
	const call = passes === null ? undefined : model.linker.facts(ref.file)?.calls[passes];
	const isOwn = call?.callee.k === "member" && call.callee.name === "$transaction";
	if (!call || !isOwn || call.args.length > 1 || call.context.some((step) => step.k === "try")) return;
	yield {
		severity: "hint",
		place: { file: ref.file, span: headSpan(call) },
		message:
			"This wrapper runs its caller's transaction with neither limits nor cleanup on error. Give it a maxWait and a timeout that fit this app.",
		fixes: ["cleanup-transaction"],
	};
}
