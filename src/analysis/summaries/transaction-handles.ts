import type { BindingId, ContextStep, Expr, FunctionId } from "../facts/index.js";
import { clientClass } from "./client-class.js";
import type { Linker } from "./linker.js";
import { identitiesOf, nameOf } from "./transaction-identity.js";
import { isQuery } from "./transaction-queries.js";
import type { Value } from "./values.js";

/** What an expression is to a running transaction. */
export type Handle =
	/** The transaction's own client, one of its models, or an object built on it. */
	| { readonly k: "tx" }
	/** A client outside the transaction. `key` tells clients of different databases apart, null when it is not known. */
	| { readonly k: "outer"; readonly key: string | null; readonly replica: boolean; readonly fallback: boolean }
	/** An argument that was not passed, `undefined` or `null`. */
	| { readonly k: "absent" }
	/** An object literal; `open` when it has members that are not known. */
	| { readonly k: "object"; readonly members: ReadonlyMap<string, Handle>; readonly open: boolean }
	| { readonly k: "unknown" };

/** A function as one call of it runs: what its parameters (and those around it) were given. */
export interface Frame {
	readonly file: string;
	readonly id: FunctionId;
	readonly env: ReadonlyMap<BindingId, Handle>;
	/** Whether `this` was built on the transaction's client: `new Orders(tx)`. */
	readonly onTransaction: boolean;
}

/** Arguments and receiver of one call. */
export interface Passed {
	readonly given: readonly Handle[];
	/** What a parameter is that has no argument. */
	readonly missing: Handle;
	readonly on: Handle;
}

type FunctionValue = Value & { readonly k: "function" };

export const UNKNOWN: Handle = { k: "unknown" };
const TX: Handle = { k: "tx" };
const ABSENT: Handle = { k: "absent" };
const MAX_DEPTH = 12;
/** Names under which people keep the client of a read replica: reading there on purpose is no slip. */
const REPLICA_NAME = /replica|readonly|read_only|readclient|reader$|secondary/i;

/** Expressions on which some file opens an interactive transaction: clients, whatever else is known of them. */
export interface Identities {
	has(file: string, key: string): boolean;
}

/** Says which client an expression is, seen from inside a transaction. */
export class Handles {
	constructor(
		private readonly linker: Linker,
		private readonly identities: Identities,
	) {}

	of(expression: Expr, frame: Frame, depth = 0): Handle {
		if (depth > MAX_DEPTH) return UNKNOWN;
		switch (expression.k) {
			case "binding":
				return this.named(this.binding(expression.id, frame, depth), expression, frame);
			case "member":
				return this.named(this.member(expression, frame, depth), expression, frame);
			case "global":
				return expression.name === "undefined" ? ABSENT : this.named(UNKNOWN, expression, frame);
			case "literal":
				return expression.value === null ? ABSENT : UNKNOWN;
			case "this":
				return frame.onTransaction ? TX : this.concrete(expression, frame);
			case "call":
				return this.call(expression.id, frame, depth);
			case "new":
				return this.construction(expression, frame, depth);
			case "object":
				return this.object(expression, frame, depth);
			case "either":
				return this.either(expression, frame, depth);
			case "assign":
				return expression.op === "=" ? this.of(expression.value, frame, depth + 1) : this.assigned(expression, frame, depth);
			default:
				return UNKNOWN;
		}
	}

	/** Whether a place can be reached with what the frame was given: `if (tx) return …` ends a call that passes one. */
	reachable(context: readonly ContextStep[], frame: Frame): boolean {
		return context.every((step) => {
			if (step.k !== "branch" || step.op === "switch") return true;
			const truth = this.truth(step.condition, frame);
			return truth === null || truth !== step.negated;
		});
	}

	/** What a call hands over, for every function it may run. */
	passed(args: readonly Expr[], receiver: Expr | null, frame: Frame, depth = 0): Passed {
		// Worked out when somebody asks: of a query's arguments, which can be large, nobody does.
		let given: readonly Handle[] | null = null;
		const handles = (): readonly Handle[] => args.map((argument) => this.of(argument, frame, depth + 1));
		return {
			get given() {
				given ??= handles();
				return given;
			},
			// A spread hides how many arguments there are.
			missing: args.some((argument) => argument.k === "unknown") ? UNKNOWN : ABSENT,
			on: receiver === null ? UNKNOWN : this.of(receiver, frame, depth + 1),
		};
	}

	/** The frame of a callee, with its parameters bound to what a call in `frame` passed. */
	enter(target: FunctionValue, { given, missing, on }: Passed, frame: Frame): Frame {
		return this.frameOf(target, (index) => given[index] ?? missing, frame, on.k === "tx");
	}

	/** The frame of a callback whose arguments are not known. */
	enterCallback(target: FunctionValue, frame: Frame): Frame {
		return this.frameOf(target, () => UNKNOWN, frame, frame.onTransaction && target.file === frame.file);
	}

	private frameOf(target: FunctionValue, given: (index: number) => Handle, outer: Frame, onTransaction: boolean): Frame {
		const facts = this.linker.facts(target.file);
		const env = new Map<BindingId, Handle>();
		if (target.file === outer.file) for (const [id, handle] of outer.env) if (this.sees(target, id)) env.set(id, handle);
		for (const [index, id] of (facts?.functions[target.id]?.params ?? []).entries()) env.set(id, given(index));
		const isMethod = facts?.functions[target.id]?.kind === "method";
		return {
			file: target.file,
			id: target.id,
			env,
			onTransaction: onTransaction || (!isMethod && outer.onTransaction && target.file === outer.file),
		};
	}

	/** Whether a binding is declared by a function around `target`. */
	private sees(target: FunctionValue, id: BindingId): boolean {
		const facts = this.linker.facts(target.file);
		const owner = facts?.bindings[id]?.owner;
		for (let at: FunctionId | null = target.id; at !== null && facts; at = facts.functions[at]?.parent ?? null)
			if (at === owner) return true;
		return false;
	}

	private binding(id: BindingId, frame: Frame, depth: number): Handle {
		const binding = this.linker.facts(frame.file)?.bindings[id];
		if (!binding) return UNKNOWN;
		const given = frame.env.get(id);
		if (given && given.k !== "absent") return given;
		if (binding.kind === "parameter") {
			// `ordersOf(tx)` returned this function: what its maker was given is not known, but it was built on the transaction.
			if (!given) return frame.onTransaction ? TX : this.concrete({ k: "binding", id }, frame);
			const fallback = binding.init ? [binding.init] : this.linker.assignmentsTo(frame.file, `binding:${id}`).map(({ value }) => value);
			return fallback.length === 0 ? given : asFallback(join(fallback.map((value) => this.of(value, frame, depth + 1))));
		}
		if (binding.imported || !binding.init) return this.concrete({ k: "binding", id }, frame);
		const own = this.of(binding.init, { ...frame, id: binding.owner }, depth + 1);
		if (binding.kind === "const" || own.k === "tx") return own;
		const later = this.linker
			.assignmentsTo(frame.file, `binding:${id}`)
			.map(({ value, at }) => this.of(value, { ...frame, id: at }, depth + 1));
		return join([own, ...later]);
	}

	private member(expression: Expr & { k: "member" }, frame: Frame, depth: number): Handle {
		const { name } = expression;
		if (expression.of.k === "this" && frame.onTransaction) return TX;
		const of = this.of(expression.of, frame, depth + 1);
		if (of.k === "tx" || of.k === "outer") return of;
		if (of.k === "object") return (name === null ? undefined : of.members.get(name)) ?? (of.open || name === null ? UNKNOWN : ABSENT);
		if (of.k === "absent") return ABSENT;
		if (name === null) return UNKNOWN;
		const getter = this.getter(expression.of, name, frame);
		return getter ? this.returned({ ...frame, ...getter, env: new Map() }, depth) : this.concrete(expression, frame);
	}

	/** An accessor may choose its client when it is read: `get db() { return store.current() ?? this.prisma }`. */
	private getter(of: Expr, name: string, frame: Frame): { readonly file: string; readonly id: FunctionId } | null {
		for (const value of this.linker.values(frame.file, of, frame.id)) {
			const cls = value.k === "instance" ? value.of : value;
			if (cls.k !== "class") continue;
			const facts = this.linker.facts(cls.file);
			const method = facts?.classes[cls.id]?.methods.find((candidate) => candidate.name === name);
			if (method && facts?.functions[method.function]?.kind === "getter") return { file: cls.file, id: method.function };
		}
		return null;
	}

	private call(id: number, frame: Frame, depth: number): Handle {
		const call = this.linker.facts(frame.file)?.calls[id];
		if (!call) return UNKNOWN;
		const { callee } = call;
		const passed = this.passed(call.args, callee.k === "member" ? callee.of : null, frame, depth);
		const { on } = passed;
		const name = callee.k === "member" ? callee.name : null;
		if (name === "$extends") return on;
		if ((on.k === "tx" || on.k === "outer") && isQuery(name)) return UNKNOWN;
		const functions = this.functions(callee, frame);
		const result = join(functions.map((target) => this.returned(this.enter(target, passed, frame), depth)));
		if (result.k !== "unknown" && result.k !== "object") return result;
		// What is awaited is data; what is made with the transaction and not awaited is built on it.
		const madeWithIt = on.k === "tx" || passed.given.some(holdsTransaction);
		if (madeWithIt && !call.awaited) return TX;
		if (result.k === "object") return result;
		return functions.length > 0 ? UNKNOWN : this.concrete({ k: "call", id }, frame);
	}

	/** Functions an expression may be, when it is called. */
	functions(callee: Expr, frame: Frame): readonly FunctionValue[] {
		return this.linker.values(frame.file, callee, frame.id).flatMap((value) => (value.k === "function" ? [value] : []));
	}

	private returned(frame: Frame, depth: number): Handle {
		const fact = this.linker.facts(frame.file)?.functions[frame.id];
		return join((fact?.returns ?? []).map((value) => this.of(value, frame, depth + 2)));
	}

	private construction(expression: Expr & { k: "new" }, frame: Frame, depth: number): Handle {
		const fact = this.linker.facts(frame.file)?.news[expression.id];
		if (fact?.args.some((argument) => holdsTransaction(this.of(argument, frame, depth + 1)))) return TX;
		return this.concrete(expression, frame);
	}

	private object(expression: Expr & { k: "object" }, frame: Frame, depth: number): Handle {
		const members = new Map<string, Handle>();
		const spread = expression.spreads.map((part) => this.of(part, frame, depth + 1));
		for (const part of spread) if (part.k === "object") for (const [key, handle] of part.members) members.set(key, handle);
		for (const entry of expression.entries) members.set(entry.key, this.of(entry.value, frame, depth + 1));
		return { k: "object", members, open: spread.some((part) => part.k !== "object" || part.open) };
	}

	private either(expression: Expr & { k: "either" }, frame: Frame, depth: number): Handle {
		const items = expression.items.map((item) => this.of(item, frame, depth + 1));
		if (expression.op === "&&") return items.at(-1) ?? UNKNOWN;
		if (expression.op === "?:") return join(items);
		const first = items.findIndex((item) => item.k !== "absent");
		const chosen = items[first];
		if (!chosen) return ABSENT;
		if (chosen.k === "unknown") return items.some((item) => item.k === "tx") ? TX : UNKNOWN;
		return first > 0 ? asFallback(chosen) : chosen;
	}

	private assigned(expression: Expr & { k: "assign" }, frame: Frame, depth: number): Handle {
		const target = this.of(expression.target, frame, depth + 1);
		return target.k === "absent" ? this.of(expression.value, frame, depth + 1) : target;
	}

	private concrete(expression: Expr, frame: Frame): Handle {
		for (const value of this.linker.values(frame.file, expression, frame.id)) {
			if (value.k !== "instance") continue;
			const client = clientClass(this.linker, value.of);
			if (client) return { k: "outer", key: client.key, replica: false, fallback: false };
		}
		return UNKNOWN;
	}

	/** Takes note of what the name says: a replica; a client, where another place opens a transaction on it. */
	private named(handle: Handle, expression: Expr, frame: Frame): Handle {
		const name = nameOf(this.linker, frame.file, expression);
		const known =
			handle.k === "unknown" &&
			identitiesOf(this.linker, frame.file, expression, frame.id).some((key) => this.identities.has(frame.file, key))
				? ({ k: "outer", key: null, replica: false, fallback: false } as const)
				: handle;
		return known.k === "outer" && REPLICA_NAME.test(name) ? { ...known, replica: true } : known;
	}

	private truth(condition: Expr, frame: Frame): boolean | null {
		if (condition.k === "not") {
			const inner = this.truth(condition.of, frame);
			return inner === null ? null : !inner;
		}
		if (condition.k === "either" && condition.op !== "?:") {
			const parts = condition.items.map((item) => this.truth(item, frame));
			if (condition.op === "&&") return parts.includes(false) ? false : parts.every((part) => part === true) ? true : null;
			return parts.includes(true) ? true : parts.every((part) => part === false) ? false : null;
		}
		if (condition.k === "binary") return this.comparison(condition, frame);
		return presence(this.of(condition, frame));
	}

	/** `tx !== undefined`, `tx == null`, `"$transaction" in db`. */
	private comparison({ op, left, right }: Expr & { k: "binary" }, frame: Frame): boolean | null {
		if (op === "in" && left.k === "literal" && left.value === "$transaction") {
			const of = this.of(right, frame);
			return of.k === "outer" ? true : of.k === "tx" ? false : null;
		}
		const equality = /^(!|=)==?$/.exec(op)?.[1];
		const isNothing = (side: Expr): boolean =>
			(side.k === "global" && side.name === "undefined") || (side.k === "literal" && side.value === null);
		const tested = isNothing(right) ? left : isNothing(left) ? right : null;
		if (!equality || !tested) return null;
		const present = presence(this.of(tested, frame));
		return present === null ? null : equality === "!" ? present : !present;
	}
}

export function holdsTransaction(handle: Handle): boolean {
	return handle.k === "tx" || (handle.k === "object" && [...handle.members.values()].some(holdsTransaction));
}

/** One of several: certain only when all agree; a transaction among them is what the code chose to prefer. */
function join(handles: readonly Handle[]): Handle {
	const present = handles.filter((handle) => handle.k !== "absent");
	const [first] = present;
	if (!first) return handles.length > 0 ? ABSENT : UNKNOWN;
	if (present.some((handle) => handle.k === "tx")) return TX;
	if (!present.every((handle) => handle.k === first.k)) return UNKNOWN;
	return first.k === "object" && present.length > 1 ? UNKNOWN : present.length < handles.length ? asFallback(first) : first;
}

function asFallback(handle: Handle): Handle {
	return handle.k === "outer" ? { ...handle, fallback: true } : handle;
}

function presence(handle: Handle): boolean | null {
	return handle.k === "unknown" ? null : handle.k !== "absent";
}
