import type { CallFact, CallId, Expr, FileFacts, FunctionId, Span } from "../facts/index.js";
import { calleeName } from "./constants.js";
import type { Linker } from "./linker.js";
import { PerFacts } from "./per-facts.js";
import { Awaits } from "./transaction-awaits.js";
import { reachable } from "./transaction-conditions.js";
import { enter, enterCallback, type Frame } from "./transaction-frames.js";
import { type Handle, holdsTransaction, UNKNOWN } from "./transaction-handle.js";
import type { Handles } from "./transaction-handles.js";
import { isModelQuery, isQuery } from "./transaction-queries.js";
import type { WaitsFor } from "./transaction-services.js";
import type { TransactionSite } from "./transaction-sites.js";
import { isInside } from "./transaction-sites.js";
import { sleeps, waitOf } from "./transaction-slow.js";
import type { FunctionRef } from "./values.js";

/** Something that happens while a transaction is open. */
export interface Happening {
	/** Where it shows in the transaction's own text: the call itself, or the call that leads there. */
	readonly place: Site;
	/** Where it happens, when that is in a function the transaction calls. */
	readonly inside: Site | null;
	/** Names of the functions on the way, outermost first. */
	readonly path: readonly string[];
	readonly what:
		| { readonly k: "wait"; readonly waitsFor: WaitsFor; readonly callee: string }
		/** A query on a client outside the transaction; `fallback`: a helper chose it because it was given no transaction. */
		| { readonly k: "outer"; readonly client: string; readonly opens: boolean; readonly fallback: boolean };
}

export interface Site {
	readonly file: string;
	readonly span: Span;
}

/** Functions a transaction is followed into: enough for real call chains, and a bound for the time it takes. */
const MAX_NODES = 600;
const MAX_DISTANCE = 8;
/** Callbacks of these run later, when the transaction is over. */
const DEFERS =
	/after|commit|defer|background|waitUntil|schedule|enqueue|nextTick|setImmediate|setTimeout|setInterval|^on[A-Z]|^on$|^once$/i;

/** A function that runs while the transaction is open, and how it is reached. */
interface Node {
	readonly frame: Frame;
	/** Inside `new Promise(…)`: its calls need no `await` of their own. */
	readonly executor: boolean;
	readonly parent: { readonly node: Node; readonly site: Site; readonly name: string } | null;
	readonly distance: number;
	/** Whether its text is part of the transaction's own. */
	readonly own: boolean;
}

/** How the way goes on from a node: through which call, and into what. */
interface Step {
	readonly span: Span;
	readonly name: string;
	readonly executor: boolean;
}

/** Follows a transaction into everything it awaits, across files. */
export class Reach {
	private readonly indices = new PerFacts((facts) => new FileIndex(facts));

	constructor(
		private readonly linker: Linker,
		private readonly handles: Handles,
		/** Whether a call opens a transaction of its own: its callback is followed from there. */
		private readonly opensTransaction: (file: string, call: CallId) => boolean,
	) {}

	happenings(site: TransactionSite): readonly Happening[] {
		const root = this.root(site);
		if (!root) return [];
		const client = this.receiverKey(site);
		const found = new Map<string, Happening>();
		const seen = new Set<string>();
		const open: Node[] = [root];
		for (let node = open.shift(); node && seen.size < MAX_NODES; node = open.shift()) {
			const key = nodeKey(node);
			if (seen.has(key)) continue;
			seen.add(key);
			for (const happening of this.visit(node, client, open)) {
				const at = `${happening.what.k}:${happening.place.file}:${happening.place.span.start}`;
				if (!found.has(at)) found.set(at, happening);
			}
		}
		return [...found.values()];
	}

	private root(site: TransactionSite): Node | null {
		const fact = this.linker.facts(site.body.file)?.functions[site.body.id];
		if (!fact) return null;
		const env = new Map(fact.params.map((id, index): [number, Handle] => [id, index === site.txParameter ? { k: "tx" } : UNKNOWN]));
		return {
			frame: { file: site.body.file, id: site.body.id, env, onTransaction: false, self: UNKNOWN },
			executor: false,
			parent: null,
			distance: 0,
			own: true,
		};
	}

	/** Which database the transaction is on, when that is known. */
	private receiverKey({ file, call, receiver }: TransactionSite): string | null {
		const fact = this.linker.facts(file)?.calls[call];
		if (!fact || !receiver) return null;
		const handle = this.handles.of(receiver, { file, id: fact.function, env: new Map(), onTransaction: false, self: UNKNOWN });
		return handle.k === "outer" ? handle.key : null;
	}

	private *visit(node: Node, client: string | null, open: Node[]): Iterable<Happening> {
		const { file, id } = node.frame;
		const index = this.indexOf(file);
		if (!index) return;
		for (const callId of index.callsIn(id)) {
			const call = index.facts.calls[callId];
			if (!call || !reachable(call.context, (expression) => this.handles.of(expression, node.frame))) continue;
			yield* this.visitCall(node, index, callId, call, client, open);
		}
		for (const newId of index.newsIn(id)) {
			const fact = index.facts.news[newId];
			const [executor] = fact?.args ?? [];
			const isPromise = fact?.callee.k === "global" && fact.callee.name === "Promise";
			if (fact && isPromise && executor?.k === "function" && index.awaits.settles({ kind: "new", index: newId }))
				this.push(open, node, index, { file, id: executor.id }, enterCallback(this.linker, { file, id: executor.id }, node.frame), {
					span: fact.span,
					name: "Promise",
					executor: !index.isRaced(fact.sink),
				});
		}
	}

	private *visitCall(node: Node, index: FileIndex, id: CallId, call: CallFact, client: string | null, open: Node[]): Iterable<Happening> {
		const { frame } = node;
		const name = calleeName(this.linker, frame.file, call.callee);
		if (node.executor && sleeps(this.linker, frame.file, call)) {
			yield this.happening(node, sleepSite(node, call), { k: "wait", waitsFor: "a timer", callee: "setTimeout" });
			return;
		}
		const passed = this.handles.passed(call.args, call.callee.k === "member" ? call.callee.of : null, frame);
		const settles = node.executor || index.awaits.settles({ kind: "call", index: id });
		const functions = this.handles.functions(call.callee, frame);
		const step = { span: headOf(call), name: name ?? "", executor: false };
		if (settles) {
			for (const target of functions) this.push(open, node, index, target, enter(this.linker, target, passed, frame), step);
			if (!this.opensTransaction(frame.file, id) && !(name !== null && DEFERS.test(name)))
				this.pushCallbacks(open, node, index, call, step);
		}
		if (functions.length > 0) return;
		const site = { file: frame.file, span: step.span };
		if (isQuery(name) && (passed.on.k === "tx" || passed.on.k === "outer")) {
			const query = settles || index.awaits.querySettles(id) ? this.outerQuery(frame, call, passed.on, client) : null;
			if (query) yield this.happening(node, site, query);
			return;
		}
		// What is given the transaction works for it.
		if (passed.given.some(holdsTransaction)) return;
		const wait = waitOf(this.linker, frame.file, call);
		if (wait && (settles || wait.blocks)) yield this.happening(node, site, { k: "wait", waitsFor: wait.waitsFor, callee: name ?? "" });
	}

	/** `prisma.user.findMany()`, `` prisma.$queryRaw`…` `` and a nested `prisma.$transaction()`, on a client that is not the transaction's. */
	private outerQuery(
		{ file }: Frame,
		{ callee }: CallFact,
		on: Handle,
		client: string | null,
	): (Happening["what"] & { k: "outer" }) | null {
		if (callee.k !== "member" || on.k !== "outer" || on.replica) return null;
		if (client !== null && on.key !== null && client !== on.key) return null;
		const { of, name } = callee;
		// A model query is two members deep: `prisma.user.findMany`.
		const root = isModelQuery(name) && of.k === "member" ? of.of : of;
		return { k: "outer", client: textOf(this.linker, file, root), opens: name === "$transaction", fallback: on.fallback };
	}

	/** Inline and named functions handed to a call that is awaited run before it is done. */
	private pushCallbacks(open: Node[], node: Node, index: FileIndex, call: CallFact, step: Step): void {
		for (const argument of call.args) {
			if (argument.k !== "function" && argument.k !== "binding" && argument.k !== "member") continue;
			for (const target of this.handles.functions(argument, node.frame))
				this.push(open, node, index, target, enterCallback(this.linker, target, node.frame), step);
		}
	}

	private push(open: Node[], node: Node, index: FileIndex, target: FunctionRef, frame: Frame, { span, name, executor }: Step): void {
		if (node.distance >= MAX_DISTANCE) return;
		const top = rootOf(node).frame;
		const own = node.own && target.file === top.file && isInside(index.facts, target.id, top.id);
		open.push({ frame, executor, parent: { node, site: { file: node.frame.file, span }, name }, distance: node.distance + 1, own });
	}

	private happening(node: Node, site: Site, what: Happening["what"]): Happening {
		const path: string[] = [];
		let place = site;
		for (let at: Node | null = node; at && !at.own; at = at.parent?.node ?? null) {
			if (!at.parent) break;
			if (!at.executor) path.unshift(at.parent.name);
			place = at.parent.site;
		}
		return { place, inside: place === site ? null : site, path, what };
	}

	private indexOf(file: string): FileIndex | undefined {
		const facts = this.linker.facts(file);
		return facts && this.indices.of(facts);
	}
}

function rootOf(node: Node): Node {
	let at = node;
	while (at.parent) at = at.parent.node;
	return at;
}

/** A sleep is the `new Promise` that is awaited, not the timer in it. */
function sleepSite(node: Node, call: CallFact): Site {
	return node.parent?.site ?? { file: node.frame.file, span: call.span };
}

function headOf(call: CallFact): Span {
	return { start: call.span.start, end: call.calleeSpan.end };
}

function nodeKey(node: Node): string {
	const { frame, executor } = node;
	const env = [...frame.env].map(([id, handle]) => `${id}=${handleKey(handle)}`).join(",");
	return `${leftAt(node)}${frame.file}#${frame.id}(${env})${frame.onTransaction ? "+" : ""}${handleKey(frame.self)}${executor ? "!" : ""}`;
}

/** Where the way to a node leaves the transaction's own text: two calls of one helper are two findings. */
function leftAt(node: Node): string {
	for (let at: Node | null = node; at && !at.own; at = at.parent?.node ?? null)
		if (at.parent?.node.own) return `${at.parent.site.span.start}:`;
	return "";
}

function handleKey(handle: Handle): string {
	if (handle.k === "outer") return `outer:${handle.key}:${handle.replica}:${handle.fallback}`;
	if (handle.k !== "object") return handle.k;
	return `{${[...handle.members].map(([key, member]) => `${key}:${handleKey(member)}`).join(",")}}`;
}

function textOf(linker: Linker, file: string, expression: Expr): string {
	if (expression.k === "this") return "this";
	if (expression.k === "global") return expression.name;
	if (expression.k === "binding") return linker.facts(file)?.bindings[expression.id]?.name ?? "the client";
	if (expression.k === "member" && expression.name !== null) return `${textOf(linker, file, expression.of)}.${expression.name}`;
	return "the outer client";
}

/** Calls and `new`s of a file by the function they stand in. */
class FileIndex {
	readonly awaits: Awaits;
	private readonly calls = new Map<FunctionId, number[]>();
	private readonly news = new Map<FunctionId, number[]>();

	constructor(readonly facts: FileFacts) {
		this.awaits = new Awaits(facts);
		for (const [id, call] of facts.calls.entries()) append(this.calls, call.function, id);
		for (const [id, fact] of facts.news.entries()) append(this.news, fact.function, id);
	}

	callsIn(id: FunctionId): readonly number[] {
		return this.calls.get(id) ?? [];
	}

	newsIn(id: FunctionId): readonly number[] {
		return this.news.get(id) ?? [];
	}

	/** In a `Promise.race` a timer bounds the wait; it is not what is waited for. */
	isRaced(sink: FileFacts["news"][number]["sink"]): boolean {
		let at = sink;
		while (at.k === "element") at = at.outer;
		const callee = at.k === "argument" ? this.facts.calls[at.call]?.callee : undefined;
		return callee?.k === "member" && callee.name === "race";
	}
}

function append(map: Map<FunctionId, number[]>, key: FunctionId, id: number): void {
	const known = map.get(key);
	if (known) known.push(id);
	else map.set(key, [id]);
}
