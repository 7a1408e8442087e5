import type { BindingId, CallId, Expr, FileFacts, NewId, Sink } from "../facts/index.js";

const PROMISE_CHAIN = new Set(["then", "catch", "finally"]);
const COMBINATORS = new Set(["all", "allSettled", "race", "any"]);
/** Helpers that wait for the promise handed to them. */
const WAITS_FOR = /timeout|retr(y|ies)|firstValueFrom|lastValueFrom|toPromise|^to$/i;

/** A call or a `new` of one file. */
export interface SiteRef {
	readonly kind: "call" | "new";
	readonly index: CallId | NewId;
}

/** Says which promises of a file are waited for: by `await`, `return`, `Promise.all`, a name awaited later. */
export class Awaits {
	private readonly chained = new Map<string, CallId>();
	private readonly onCall = new Map<CallId, CallId>();
	private readonly waitedNames = new Set<BindingId>();

	constructor(private readonly facts: FileFacts) {
		facts.calls.forEach((call, index) => {
			if (call.callee.k !== "member") return;
			const { of, name } = call.callee;
			if (of.k === "call") this.onCall.set(of.id, index);
			if ((of.k === "call" || of.k === "new") && name !== null && PROMISE_CHAIN.has(name)) this.chained.set(`${of.k}:${of.id}`, index);
		});
		for (const id of facts.awaitedBindings) this.waitedNames.add(id);
		for (const fact of facts.functions) for (const value of fact.returns) this.waitFor(value);
		for (const call of facts.calls) if (this.isCombinator(call.callee)) for (const argument of call.args) this.waitFor(argument);
	}

	settles({ kind, index }: SiteRef): boolean {
		const fact = kind === "call" ? this.facts.calls[index] : this.facts.news[index];
		if (!fact) return false;
		if (fact.awaited) return true;
		const next = this.chained.get(`${kind}:${index}`);
		if (next !== undefined) return this.settles({ kind: "call", index: next });
		return this.sinkSettles(fact.sink);
	}

	/** As `settles`, also for a query whose relation is asked for: `prisma.user.findUnique(…).posts()`. */
	querySettles(index: CallId): boolean {
		if (this.settles({ kind: "call", index })) return true;
		const next = this.onCall.get(index);
		return next !== undefined && this.querySettles(next);
	}

	private sinkSettles(sink: Sink): boolean {
		switch (sink.k) {
			case "return":
				return true;
			case "variable":
				return this.waitedNames.has(sink.binding);
			case "assign":
				return sink.target.k === "binding" && this.waitedNames.has(sink.target.id);
			case "element":
				return this.sinkSettles(sink.outer);
			case "argument":
				return this.argumentSettles(sink.call);
			default:
				return false;
		}
	}

	private argumentSettles(index: CallId): boolean {
		const call = this.facts.calls[index];
		if (!call) return false;
		if (call.callee.k === "member" && call.callee.of.k === "binding" && (call.callee.name === "push" || call.callee.name === "unshift"))
			return this.waitedNames.has(call.callee.of.id);
		const name = call.callee.k === "member" ? call.callee.name : call.callee.k === "global" ? call.callee.name : this.nameOf(call.callee);
		const waits = this.isCombinator(call.callee) || (name !== null && WAITS_FOR.test(name));
		return waits && this.settles({ kind: "call", index });
	}

	private nameOf(callee: Expr): string | null {
		return callee.k === "binding" ? (this.facts.bindings[callee.id]?.name ?? null) : null;
	}

	private isCombinator(callee: Expr): boolean {
		return callee.k === "member" && callee.of.k === "global" && callee.of.name === "Promise" && COMBINATORS.has(callee.name ?? "");
	}

	private waitFor(value: Expr): void {
		if (value.k === "binding") this.waitedNames.add(value.id);
		else if (value.k === "array") for (const item of value.items) this.waitFor(item);
	}
}
