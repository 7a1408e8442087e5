import type { BindingId, Expr, FunctionId } from "../facts/index.js";
import { clientClass } from "./client-class.js";
import { keptArguments } from "./constructor-arguments.js";
import type { Linker } from "./linker.js";
import { enter, type Frame, type Passed } from "./transaction-frames.js";
import { ABSENT, asFallback, type Handle, holdsTransaction, join, TX, UNKNOWN } from "./transaction-handle.js";
import { identitiesOf, nameOf } from "./transaction-identity.js";
import { isQuery } from "./transaction-queries.js";
import type { Value } from "./values.js";

type FunctionValue = Value & { readonly k: "function" };

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
				return frame.onTransaction ? TX : frame.self.k === "object" ? frame.self : this.concrete(expression, frame, depth);
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

	private binding(id: BindingId, frame: Frame, depth: number): Handle {
		const binding = this.linker.facts(frame.file)?.bindings[id];
		if (!binding) return UNKNOWN;
		const given = frame.env.get(id);
		if (given && given.k !== "absent") return given;
		if (binding.kind === "parameter") {
			// `ordersOf(tx)` returned this function: what its maker was given is not known, but it was built on the transaction.
			if (!given) return frame.onTransaction ? TX : this.concrete({ k: "binding", id }, frame, depth);
			const fallback = binding.init ? [binding.init] : this.linker.assignmentsTo(frame.file, `binding:${id}`).map(({ value }) => value);
			return fallback.length === 0 ? given : asFallback(join(fallback.map((value) => this.of(value, frame, depth + 1))));
		}
		if (binding.imported || !binding.init) return this.concrete({ k: "binding", id }, frame, depth);
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
		if (of.k === "object") {
			const own = name === null ? undefined : of.members.get(name);
			// An instance's other members are looked up as its class declares them.
			if (own || expression.of.k !== "this") return own ?? (of.open || name === null ? UNKNOWN : ABSENT);
		}
		if (of.k === "absent") return ABSENT;
		if (name === null) return UNKNOWN;
		const getter = this.getter(expression.of, name, frame);
		return getter ? this.returned({ ...frame, ...getter, env: new Map() }, depth) : this.concrete(expression, frame, depth);
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
		const result = join(functions.map((target) => this.returned(enter(this.linker, target, passed, frame), depth)));
		if (result.k !== "unknown" && result.k !== "object") return result;
		// What is awaited is data; what is made with the transaction and not awaited is built on it.
		const madeWithIt = on.k === "tx" || passed.given.some(holdsTransaction);
		if (madeWithIt && !call.awaited) return TX;
		if (result.k === "object") return result;
		return functions.length > 0 ? UNKNOWN : this.concrete({ k: "call", id }, frame, depth);
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
		return this.concrete(expression, frame, depth);
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

	private concrete(expression: Expr, frame: Frame, depth: number): Handle {
		for (const value of this.linker.values(frame.file, expression, frame.id)) {
			if (value.k !== "instance") continue;
			const client = clientClass(this.linker, value.of);
			if (client) return { k: "outer", key: client.key, replica: false, fallback: false };
			const built = this.builtOn(value, depth);
			if (built) return built;
		}
		return UNKNOWN;
	}

	/** An instance of a workspace class, by the clients that its `new` handed to the constructor; null when it was handed none. */
	private builtOn(instance: Value & { k: "instance" }, depth: number): Handle | null {
		const made = instance.id === null ? undefined : this.linker.facts(instance.file)?.news[instance.id];
		if (!made || depth > MAX_DEPTH) return null;
		const frame: Frame = { file: instance.file, id: made.function, env: new Map(), onTransaction: false, self: UNKNOWN };
		const members = keptArguments(this.linker, instance).flatMap(({ field, index }): [string, Handle][] => {
			const argument = made.args[index];
			const handle = argument ? this.of(argument, frame, depth + 1) : UNKNOWN;
			return handle.k === "outer" ? [[field, handle]] : [];
		});
		return members.length > 0 ? { k: "object", members: new Map(members), open: true } : null;
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
}
