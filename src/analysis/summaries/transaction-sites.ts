import type { BindingId, CallFact, CallId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import { calleeName } from "./constants.js";
import type { Linker } from "./linker.js";
import { identitiesOf } from "./transaction-identity.js";
import { isModelQuery, showsPrisma } from "./transaction-queries.js";
import { type FunctionRef, keyOf } from "./values.js";

/** An interactive transaction: a function that runs between BEGIN and COMMIT, and the call that opens it. */
export interface TransactionSite {
	readonly file: string;
	readonly call: CallId;
	readonly body: FunctionRef;
	/** Which parameter of the body is the transaction's client; null when it is handed over some other way. */
	readonly txParameter: number | null;
	/** What `$transaction` is called on; null when a wrapper opens the transaction. */
	readonly receiver: Expr | null;
	/** The options argument of the call, if it has one. */
	readonly options: Expr | null;
}

/** A function that opens a transaction and runs a callback of its caller in it. */
export interface Wrapper {
	readonly ref: FunctionRef;
	/** Which parameters can be the callback, and which of the callback's arguments is the transaction's client. */
	readonly callbacks: ReadonlyMap<string, number | null>;
	/** The parameter that becomes the transaction's options. */
	readonly options: string | null;
	/** The call that hands the caller's callback on as it is; null when the wrapper calls it itself. */
	readonly passes: CallId | null;
}

export interface TransactionSites {
	readonly transactions: readonly TransactionSite[];
	readonly wrappers: readonly Wrapper[];
	/** Names for everything on which a transaction is opened. */
	readonly identities: ReadonlySet<string>;
}

/** How many wrappers may stand between a call and the `$transaction` it ends in. */
const MAX_ROUNDS = 4;
const MAX_DEPTH = 6;

/** Finds the interactive transactions of the files given, those that wrapper functions open among them. */
export function findTransactionSites(linker: Linker, files: readonly string[]): TransactionSites {
	const finder = new SiteFinder(linker, files);
	for (const file of files) finder.direct(file);
	for (let round = 0; round < MAX_ROUNDS && finder.throughWrappers(); round++);
	return finder.result();
}

interface WrapperDraft {
	readonly ref: FunctionRef;
	readonly callbacks: Map<string, number | null>;
	options: string | null;
	passes: CallId | null;
}

class SiteFinder {
	private readonly sites = new Map<string, TransactionSite>();
	private readonly wrappers = new Map<string, WrapperDraft>();
	private readonly identities = new Set<string>();

	constructor(
		private readonly linker: Linker,
		private readonly files: readonly string[],
	) {}

	result(): TransactionSites {
		return { transactions: [...this.sites.values()], wrappers: [...this.wrappers.values()], identities: this.identities };
	}

	/** `client.$transaction(callback, options)`. */
	direct(file: string): void {
		const facts = this.linker.facts(file);
		facts?.calls.forEach((call, id) => {
			const [callback, options = null] = call.args;
			if (!callback) return;
			if (call.callee.k === "member" && call.callee.name === "$transaction") {
				const receiver = call.callee.of;
				const isInteractive = this.opens(facts, { file, id, call, receiver, options }, callback, 0);
				if (isInteractive) for (const key of identitiesOf(this.linker, file, receiver, call.function)) this.identities.add(key);
			} else this.unresolvedWrapper(facts, file, id, call);
		});
	}

	/** Calls of known wrappers; says whether a new wrapper came to light. */
	throughWrappers(): boolean {
		const before = this.wrappers.size;
		const names = new Set([...this.wrappers.values()].flatMap(({ ref }) => namesOf(this.linker, ref)));
		for (const file of this.files) {
			const facts = this.linker.facts(file);
			facts?.calls.forEach((call, id) => {
				if (!callNames(this.linker, file, call.callee).some((name) => names.has(name))) return;
				for (const value of this.linker.values(file, call.callee, call.function)) {
					const wrapper = value.k === "function" ? this.wrappers.get(keyOf(value)) : undefined;
					if (wrapper) this.throughWrapper(facts, file, id, call, wrapper);
				}
			});
		}
		return this.wrappers.size > before;
	}

	private throughWrapper(facts: FileFacts, file: string, id: CallId, call: CallFact, wrapper: WrapperDraft): void {
		const options = wrapper.options === null ? null : argumentAt(call, wrapper.options);
		for (const [slot, txParameter] of wrapper.callbacks) {
			const callback = argumentAt(call, slot);
			if (callback) this.opens(facts, { file, id, call, receiver: null, options }, callback, txParameter);
		}
	}

	/** Takes in a callback that runs in a transaction; false when it is no function, as in the batch form. */
	private opens(facts: FileFacts, opening: Opening, callback: Expr, txParameter: number | null): boolean {
		const { file, id, call, receiver, options } = opening;
		const slot = slotOf(facts, callback);
		if (slot) {
			this.addWrapper({ file, id: slot.function }, slot.slot, txParameter, slotOf(facts, options), id);
			return true;
		}
		const bodies = this.linker
			.values(file, unbound(facts, callback), call.function)
			.flatMap((value) => (value.k === "function" ? [value] : []));
		for (const body of bodies) {
			this.sites.set(`${file}:${id}:${keyOf(body)}`, { file, call: id, body, txParameter, receiver, options });
			this.callsOfParameters(facts, opening, body, txParameter);
		}
		return bodies.length > 0;
	}

	/** A body that runs a function parameter of the function around it makes that one a wrapper: `$transaction((tx) => work(tx))`. */
	private callsOfParameters(facts: FileFacts, { file, options }: Opening, body: FunctionRef, txParameter: number | null): void {
		if (body.file !== file) return;
		const tx = txParameter === null ? undefined : facts.functions[body.id]?.params[txParameter];
		for (const call of facts.calls) {
			// `rows.map(…)` calls a method of a parameter, not the parameter.
			if (call.callee.k !== "binding" || !isInside(facts, call.function, body.id)) continue;
			const slot = slotOf(facts, call.callee);
			if (!slot || isInside(facts, slot.function, body.id)) continue;
			const index = call.args.findIndex((argument) => tx !== undefined && mentions(facts, argument, tx));
			this.addWrapper({ file, id: slot.function }, slot.slot, index < 0 ? null : index, slotOf(facts, options), null);
		}
	}

	private addWrapper(ref: FunctionRef, callback: string, tx: number | null, options: Slot | null, passes: CallId | null): void {
		const key = keyOf(ref);
		const wrapper = this.wrappers.get(key) ?? { ref, callbacks: new Map<string, number | null>(), options: null, passes };
		wrapper.callbacks.set(callback, tx);
		if (options?.function === ref.id) wrapper.options = options.slot;
		this.wrappers.set(key, wrapper);
	}

	/** A wrapper that cannot be found: its callback shows by what it does with its parameter that it runs in a Prisma transaction. */
	private unresolvedWrapper(facts: FileFacts, file: string, id: CallId, call: CallFact): void {
		const name = calleeName(this.linker, file, call.callee);
		if (name === null || !/transaction|withTx|runInTx/i.test(name)) return;
		if (this.linker.values(file, call.callee, call.function).some((value) => value.k === "function")) return;
		for (const callback of call.args) {
			if (callback.k !== "function") continue;
			const tx = facts.functions[callback.id]?.params[0];
			if (tx === undefined || !isPrismaParameter(facts, callback.id, tx)) continue;
			const site = { file, call: id, body: { file, id: callback.id }, txParameter: 0, receiver: null, options: null };
			this.sites.set(`${file}:${id}:${callback.id}`, site);
		}
	}
}

/** `this.work` of `this.work.bind(this)`. */
function unbound(facts: FileFacts, callback: Expr): Expr {
	const callee = callback.k === "call" ? facts.calls[callback.id]?.callee : undefined;
	return callee?.k === "member" && callee.name === "bind" ? callee.of : callback;
}

interface Opening {
	readonly file: string;
	readonly id: CallId;
	readonly call: CallFact;
	readonly receiver: Expr | null;
	readonly options: Expr | null;
}

/** A parameter, or a member of one: "1", "0.run". */
interface Slot {
	readonly function: FunctionId;
	readonly slot: string;
}

function slotOf(facts: FileFacts, expression: Expr | null, depth = 0): Slot | null {
	if (depth > 4 || !expression) return null;
	if (expression.k === "member") {
		const of = slotOf(facts, expression.of, depth + 1);
		return of && expression.name !== null && !of.slot.includes(".") ? { ...of, slot: `${of.slot}.${expression.name}` } : null;
	}
	if (expression.k !== "binding") return null;
	const binding = facts.bindings[expression.id];
	if (binding?.parameter) return { function: binding.owner, slot: String(binding.parameter.index) };
	return binding?.kind === "const" ? slotOf(facts, binding.init, depth + 1) : null;
}

function argumentAt(call: CallFact, slot: string): Expr | null {
	const [index, property] = slot.split(".");
	const argument = call.args[Number(index)];
	if (!argument || property === undefined) return argument ?? null;
	return argument.k === "object" ? (argument.entries.find((entry) => entry.key === property)?.value ?? null) : null;
}

export function isInside(facts: FileFacts, id: FunctionId, outer: FunctionId): boolean {
	for (let at: FunctionId | null = id; at !== null; at = facts.functions[at]?.parent ?? null) if (at === outer) return true;
	return false;
}

function mentions(facts: FileFacts, expression: Expr, id: BindingId, depth = 0): boolean {
	if (depth > MAX_DEPTH) return false;
	const among = (parts: readonly Expr[]): boolean => parts.some((part) => mentions(facts, part, id, depth + 1));
	switch (expression.k) {
		case "binding": {
			const binding = facts.bindings[expression.id];
			return expression.id === id || (binding?.kind === "const" && binding.init !== null && among([binding.init]));
		}
		case "member":
			return among([expression.of]);
		case "object":
			return among(expression.entries.map((entry) => entry.value));
		case "new":
			return among(facts.news[expression.id]?.args ?? []);
		case "call":
			return among(facts.calls[expression.id]?.args ?? []);
		default:
			return false;
	}
}

/** Names under which calls can speak of a function: its own, its variable's, its property's. */
export function namesOf(linker: Linker, ref: FunctionRef): string[] {
	const facts = linker.facts(ref.file);
	const fact = facts?.functions[ref.id];
	const exported = (facts?.exports ?? [])
		.filter((item) => item.value?.k === "function" && item.value.id === ref.id)
		.map((item) => item.name);
	const kept =
		fact?.sink.k === "variable" ? [facts?.bindings[fact.sink.binding]?.name ?? ""] : fact?.sink.k === "property" ? [fact.sink.key] : [];
	const field = fact?.sink.k === "field" ? [fact.sink.name] : [];
	return [fact?.name ?? "", ...kept, ...field, ...exported].filter((name) => name !== "");
}

function callNames(linker: Linker, file: string, callee: Expr): string[] {
	const name = calleeName(linker, file, callee);
	const imported = callee.k === "binding" ? linker.facts(file)?.bindings[callee.id]?.imported?.name : undefined;
	return [name, imported].filter((item) => item !== null && item !== undefined);
}

function isPrismaParameter(facts: FileFacts, body: FunctionId, tx: BindingId): boolean {
	if (/(^|\.)\w*TransactionClient$/.test(facts.bindings[tx]?.parameter?.type ?? "")) return true;
	return facts.calls.some(({ callee, function: at }) => {
		if (callee.k !== "member" || !showsPrisma(callee.name) || !isInside(facts, at, body)) return false;
		const { of } = callee;
		const root = isModelQuery(callee.name) && of.k === "member" ? of.of : of;
		return root.k === "binding" && root.id === tx && (of.k === "member" || !isModelQuery(callee.name));
	});
}
