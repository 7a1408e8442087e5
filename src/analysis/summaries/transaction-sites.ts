import type { BindingId, CallFact, CallId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { Linker } from "./linker.js";
import { nameIndex, withoutBind } from "./name-index.js";
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

/** One way in which a function proves to be a wrapper. */
export interface WrapperUse {
	readonly ref: FunctionRef;
	readonly callback: string;
	readonly txParameter: number | null;
	readonly options: string | null;
	readonly passes: CallId | null;
}

/** What one file says of transactions. */
export interface FileSites {
	readonly sites: readonly TransactionSite[];
	readonly uses: readonly WrapperUse[];
	/** Names for what it opens transactions on. */
	readonly identities: readonly string[];
}

const MAX_DEPTH = 6;

/** The transactions that a file opens itself, and those of wrappers that cannot be found. */
export function directSites(linker: Linker, file: string): FileSites {
	const finder = new SiteFinder(linker, file);
	finder.direct();
	return finder.found();
}

/** The transactions that a file opens by calling these wrappers. */
export function sitesThrough(linker: Linker, file: string, wrappers: ReadonlyMap<string, Wrapper>, names: readonly string[]): FileSites {
	const finder = new SiteFinder(linker, file);
	finder.through(wrappers, names);
	return finder.found();
}

/** Joins what was found out about each wrapper, the first use deciding which call passes the callback on. */
export function joinUses(uses: Iterable<WrapperUse>): Map<string, Wrapper> {
	const wrappers = new Map<string, Wrapper>();
	for (const { ref, callback, txParameter, options, passes } of uses) {
		const known = wrappers.get(keyOf(ref));
		wrappers.set(keyOf(ref), {
			ref,
			callbacks: new Map([...(known?.callbacks ?? []), [callback, txParameter]]),
			options: options ?? known?.options ?? null,
			passes: known ? known.passes : passes,
		});
	}
	return wrappers;
}

class SiteFinder {
	private readonly facts: FileFacts | undefined;
	private readonly sites = new Map<string, TransactionSite>();
	private readonly uses: WrapperUse[] = [];
	private readonly identities = new Set<string>();

	constructor(
		private readonly linker: Linker,
		private readonly file: string,
	) {
		this.facts = linker.facts(file);
	}

	found(): FileSites {
		return { sites: [...this.sites.values()], uses: this.uses, identities: [...this.identities] };
	}

	/** `client.$transaction(callback, options)`. */
	direct(): void {
		const { facts } = this;
		if (!facts) return;
		for (const id of callsWhere(facts, (name) => WRAPPER_NAME.test(name))) {
			const call = facts.calls[id];
			const [callback, options = null] = call?.args ?? [];
			if (!call || !callback) continue;
			if (call.callee.k === "member" && call.callee.name === "$transaction") {
				const receiver = call.callee.of;
				const isInteractive = this.opens(facts, { id, call, receiver, options }, callback, 0);
				if (isInteractive) for (const key of identitiesOf(this.linker, this.file, receiver, call.function)) this.identities.add(key);
			} else this.unresolvedWrapper(facts, id, call);
		}
	}

	through(wrappers: ReadonlyMap<string, Wrapper>, names: readonly string[]): void {
		const { facts } = this;
		if (!facts) return;
		const { aliases } = nameIndex(facts);
		const local = new Set(names.flatMap((name) => [name, ...(aliases.get(name) ?? [])]));
		for (const id of callsWhere(facts, (name) => local.has(name))) {
			const call = facts.calls[id];
			if (!call) continue;
			for (const value of this.linker.values(this.file, call.callee, call.function)) {
				const wrapper = value.k === "function" ? wrappers.get(keyOf(value)) : undefined;
				if (wrapper) this.throughWrapper(facts, id, call, wrapper);
			}
		}
	}

	private throughWrapper(facts: FileFacts, id: CallId, call: CallFact, wrapper: Wrapper): void {
		const options = wrapper.options === null ? null : argumentAt(call, wrapper.options);
		for (const [slot, txParameter] of wrapper.callbacks) {
			const callback = argumentAt(call, slot);
			if (callback) this.opens(facts, { id, call, receiver: null, options }, callback, txParameter);
		}
	}

	/** Takes in a callback that runs in a transaction; false when it is no function, as in the batch form. */
	private opens(facts: FileFacts, opening: Opening, callback: Expr, txParameter: number | null): boolean {
		const { file } = this;
		const { id, call, receiver, options } = opening;
		const slot = slotOf(facts, callback);
		if (slot) {
			this.use(slot, txParameter, slotOf(facts, options), id);
			return true;
		}
		const bodies = this.linker
			.values(file, withoutBind(facts, callback), call.function)
			.flatMap((value) => (value.k === "function" ? [value] : []));
		for (const body of bodies) {
			this.sites.set(`${id}:${keyOf(body)}`, { file, call: id, body, txParameter, receiver, options });
			this.callsOfParameters(facts, opening, body, txParameter);
		}
		return bodies.length > 0;
	}

	/** A body that runs a function parameter of the function around it makes that one a wrapper: `$transaction((tx) => work(tx))`. */
	private callsOfParameters(facts: FileFacts, { options }: Opening, body: FunctionRef, txParameter: number | null): void {
		if (body.file !== this.file) return;
		const tx = txParameter === null ? undefined : facts.functions[body.id]?.params[txParameter];
		for (const { call, slot } of parameterCalls(facts)) {
			if (!isInside(facts, call.function, body.id) || isInside(facts, slot.function, body.id)) continue;
			const index = call.args.findIndex((argument) => tx !== undefined && mentions(facts, argument, tx));
			this.use(slot, index < 0 ? null : index, slotOf(facts, options), null);
		}
	}

	private use({ function: id, slot }: Slot, txParameter: number | null, options: Slot | null, passes: CallId | null): void {
		const ownOptions = options?.function === id ? options.slot : null;
		this.uses.push({ ref: { file: this.file, id }, callback: slot, txParameter, options: ownOptions, passes });
	}

	/** A wrapper that cannot be found: its callback shows by what it does with its parameter that it runs in a Prisma transaction. */
	private unresolvedWrapper(facts: FileFacts, id: CallId, call: CallFact): void {
		const { file } = this;
		if (this.linker.values(file, call.callee, call.function).some((value) => value.k === "function")) return;
		for (const callback of call.args) {
			if (callback.k !== "function") continue;
			const tx = facts.functions[callback.id]?.params[0];
			if (tx === undefined || !isPrismaParameter(facts, callback.id, tx)) continue;
			const site = { file, call: id, body: { file, id: callback.id }, txParameter: 0, receiver: null, options: null };
			this.sites.set(`${id}:${callback.id}`, site);
		}
	}
}

/** `$transaction` itself, and what wrappers are called that cannot be found. */
const WRAPPER_NAME = /transaction|withTx|runInTx/i;

/** Calls whose name fulfils a condition, in the order of the text. */
function callsWhere(facts: FileFacts, isWanted: (name: string) => boolean): readonly CallId[] {
	const found: CallId[] = [];
	for (const [name, calls] of nameIndex(facts).calls) if (isWanted(name)) found.push(...calls);
	return found.sort((a, b) => a - b);
}

const PARAMETER_CALLS = new WeakMap<FileFacts, readonly { readonly call: CallFact; readonly slot: Slot }[]>();

/** Calls of a parameter itself: `work(tx)`, not `rows.map(…)`. */
function parameterCalls(facts: FileFacts): readonly { readonly call: CallFact; readonly slot: Slot }[] {
	let calls = PARAMETER_CALLS.get(facts);
	if (!calls) {
		calls = facts.calls.flatMap((call) => {
			const slot = call.callee.k === "binding" ? slotOf(facts, call.callee) : null;
			return slot ? [{ call, slot }] : [];
		});
		PARAMETER_CALLS.set(facts, calls);
	}
	return calls;
}

interface Opening {
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

function isPrismaParameter(facts: FileFacts, body: FunctionId, tx: BindingId): boolean {
	if (/(^|\.)\w*TransactionClient$/.test(facts.bindings[tx]?.parameter?.type ?? "")) return true;
	return facts.calls.some(({ callee, function: at }) => {
		if (callee.k !== "member" || !showsPrisma(callee.name) || !isInside(facts, at, body)) return false;
		const { of } = callee;
		const root = isModelQuery(callee.name) && of.k === "member" ? of.of : of;
		return root.k === "binding" && root.id === tx && (of.k === "member" || !isModelQuery(callee.name));
	});
}
