import type { BindingId, CallId, Expr, FileFacts } from "../facts/index.js";

/** Where the value of a name goes in its file. */
export interface BindingUses {
	/** Targets of assignments that store it: `this.client = client`. */
	readonly assignedTo: readonly Expr[];
	/** Arguments that hand it over. */
	readonly arguments: readonly { readonly call: CallId; readonly index: number }[];
	/** Names that stand for it: `const extended = client.$extends(…)`. */
	readonly aliases: readonly BindingId[];
}

const NO_USES: BindingUses = { assignedTo: [], arguments: [], aliases: [] };
const INDICES = new WeakMap<FileFacts, ReadonlyMap<BindingId, BindingUses>>();

/** The uses of a name; all names of a file are looked up at once, since files with thousands of them exist. */
export function bindingUses(facts: FileFacts, id: BindingId): BindingUses {
	let index = INDICES.get(facts);
	if (!index) {
		index = build(facts);
		INDICES.set(facts, index);
	}
	return index.get(id) ?? NO_USES;
}

/** The names a value holds: itself, in an object, or as one of several. */
export function heldBindings(value: Expr): readonly BindingId[] {
	switch (value.k) {
		case "binding":
			return [value.id];
		case "object":
			return value.entries.flatMap((entry) => heldBindings(entry.value));
		case "assign":
			return heldBindings(value.value);
		case "either":
			return value.items.flatMap(heldBindings);
		default:
			return [];
	}
}

/** The client that `client.$extends(…)`, or a plain second name, stands for. */
export function chainRoot(facts: FileFacts, value: Expr): BindingId | null {
	let root = value;
	while (root.k === "call") {
		const callee = facts.calls[root.id]?.callee;
		if (callee?.k !== "member" || callee.name !== "$extends") return null;
		root = callee.of;
	}
	return root.k === "binding" ? root.id : null;
}

interface GrowingUses {
	readonly assignedTo: Expr[];
	readonly arguments: { readonly call: CallId; readonly index: number }[];
	readonly aliases: BindingId[];
}

function build(facts: FileFacts): ReadonlyMap<BindingId, BindingUses> {
	const index = new Map<BindingId, GrowingUses>();
	const usesOf = (id: BindingId): GrowingUses => {
		const known = index.get(id) ?? { assignedTo: [], arguments: [], aliases: [] };
		index.set(id, known);
		return known;
	};
	for (const { target, value } of facts.assignments) {
		for (const id of new Set(heldBindings(value))) if (target.k !== "binding" || target.id !== id) usesOf(id).assignedTo.push(target);
	}
	facts.calls.forEach(({ args }, call) => {
		const first = new Map(args.flatMap((argument, index) => heldBindings(argument).map((id) => [id, index] as const)).reverse());
		for (const [id, index] of first) usesOf(id).arguments.push({ call, index });
	});
	facts.bindings.forEach(({ init, kind }, alias) => {
		const root = init && kind !== "import" ? chainRoot(facts, init) : null;
		if (root !== null && root !== alias) usesOf(root).aliases.push(alias);
	});
	return index;
}
