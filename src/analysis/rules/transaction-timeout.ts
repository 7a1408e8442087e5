import type { CallFact, Expr, FunctionId, ObjectEntry } from "../facts/index.js";
import { clientClass } from "../summaries/client-class.js";
import { evaluate } from "../summaries/constants.js";
import type { Wrapper } from "../summaries/transaction-sites.js";
import type { Constant } from "../summaries/values.js";
import { headSpan, placeKey } from "./places.js";
import type { Model, Rule, RuleFinding } from "./types.js";

/** Milliseconds above which a setting is a warning: requests pile up behind it, or locks are held that long. */
const MAX_WAIT_LIMIT = 10_000;
const TIMEOUT_LIMIT = 20_000;
const MAX_SPREAD_DEPTH = 4;

export const transactionTimeout: Rule = {
	meta: {
		id: "transaction-timeout",
		title: "A transaction may wait or run too long",
		finds: "maxWait over 10 s or timeout over 20 s of interactive transactions, in the call or in the client's transactionOptions.",
		severity: "warning",
	},
	*check(model) {
		const seen = new Set<string>();
		for (const options of allOptions(model)) {
			for (const finding of optionFindings(model, options)) {
				const key = placeKey(finding.place);
				if (seen.has(key)) continue;
				seen.add(key);
				yield finding;
			}
		}
		for (const wrapper of model.transactions.wrappers) yield* wrapperFinding(model, wrapper);
	},
};

/** An expression that is the options of transactions, and where it stands. */
interface Options {
	readonly file: string;
	readonly at: FunctionId;
	readonly options: Expr;
}

function* allOptions(model: Model): Iterable<Options> {
	for (const client of model.clients.all) {
		if (client.isApp) yield* constructorOptions(model, client.file, client.fact);
	}
	for (const file of model.files) {
		if (model.workspace.roleOf(file) !== "app") continue;
		for (const call of model.linker.facts(file)?.calls ?? []) {
			if (call.callee.k === "super" && isClientConstructor(model, file, call)) yield* constructorOptions(model, file, call);
		}
	}
	yield* model.transactions.options;
}

/** `super({ transactionOptions })` of a class that extends PrismaClient. */
function isClientConstructor(model: Model, file: string, call: CallFact): boolean {
	const id = model.linker.facts(file)?.functions[call.function]?.classId ?? null;
	return id !== null && clientClass(model.linker, { k: "class", file, id }) !== null;
}

function* constructorOptions(model: Model, file: string, site: Pick<CallFact, "args" | "function">): Iterable<Options> {
	const [argument] = site.args;
	if (!argument) return;
	for (const { entry, owner } of entriesOf(model, { file, at: site.function, options: argument }, "transactionOptions"))
		yield { file: owner.file, at: owner.at, options: entry.value };
}

/** The entries of that name, through names, spreads and the results of functions. */
function entriesOf(model: Model, { file, at, options }: Options, key: string, depth = 0): { entry: ObjectEntry; owner: Options }[] {
	if (depth > MAX_SPREAD_DEPTH) return [];
	return model.linker.values(file, options, at).flatMap((value) => {
		if (value.k !== "object") return [];
		const owner: Options = { file: value.file, at: value.at, options: value.expression };
		const own = value.expression.entries.filter((entry) => entry.key === key).map((entry) => ({ entry, owner }));
		if (own.length > 0) return own;
		return value.expression.spreads.flatMap((spread) => entriesOf(model, { ...owner, options: spread }, key, depth + 1));
	});
}

function* optionFindings(model: Model, options: Options): Iterable<RuleFinding> {
	for (const name of ["maxWait", "timeout"] as const) {
		for (const { entry, owner } of entriesOf(model, options, name)) {
			const constants = evaluate(model.linker, owner.file, entry.value, owner.at).filter(({ value }) => typeof value === "number");
			const [longest] = [...constants].sort((a, b) => Number(b.value) - Number(a.value));
			if (!longest || model.workspace.roleOf(owner.file) !== "app") continue;
			const severity = severityOf(model, name, longest);
			if (!severity) continue;
			yield {
				severity,
				place: { file: owner.file, span: entry.valueSpan },
				message: messageOf(model, name, Number(longest.value)),
				related: originOf(longest, owner.file, entry),
				fixes: ["set-transaction-timeout"],
			};
		}
	}
}

function severityOf(model: Model, name: "maxWait" | "timeout", { value, environment }: Constant): "warning" | "hint" | null {
	const milliseconds = Number(value);
	if (milliseconds > (name === "maxWait" ? MAX_WAIT_LIMIT : TIMEOUT_LIMIT)) return environment === null ? "warning" : "hint";
	return name === "maxWait" && milliseconds > model.settings.profile.transactionMaxWaitMs ? "hint" : null;
}

function messageOf(model: Model, name: "maxWait" | "timeout", milliseconds: number): string {
	const profile = model.settings.profile;
	return name === "maxWait"
		? `maxWait is ${duration(milliseconds)}: when the pool is exhausted, requests pile up that long before one fails. Set it to ${duration(profile.transactionMaxWaitMs)} or less; Prisma's default is 2 s.`
		: `timeout is ${duration(milliseconds)}: a transaction that hangs keeps its connection and row locks that long. Set it to ${duration(TIMEOUT_LIMIT)} or less and move slow work out of the transaction; Prisma's default is 5 s.`;
}

/** Where the number is written, when that is not the place of the finding. */
function originOf({ file, start, end }: Constant, owner: string, { valueSpan }: ObjectEntry): NonNullable<RuleFinding["related"]> {
	if (file === owner && start >= valueSpan.start && end <= valueSpan.end) return [];
	return [{ place: { file, span: { start, end } }, message: "The value comes from here." }];
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
function* wrapperFinding(model: Model, { ref, passes }: Wrapper): Iterable<RuleFinding> {
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
