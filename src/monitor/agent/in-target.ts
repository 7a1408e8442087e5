/** How work gets into the target: as the text of a function that rests on nothing but its arguments. */
import type { Agent } from "./resident.js";

/** What a piece of work finds in the target. */
export interface Target {
	/** What an earlier evaluation left resident, if it is still there. */
	readonly agent: Agent | undefined;
	/** Node's own modules; works only while the expression is evaluated, not in callbacks. */
	readonly load: LoadBuiltin;
}

export type LoadBuiltin = <N extends keyof Builtins>(name: N) => Builtins[N];

interface Builtins {
	readonly inspector: typeof import("node:inspector");
	readonly perf_hooks: typeof import("node:perf_hooks");
	readonly worker_threads: typeof import("node:worker_threads");
	readonly v8: typeof import("node:v8");
}

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** Where the resident agent hangs on `globalThis`, as an expression. */
export const AGENT_KEY = `Symbol.for("prisma-leak-lens.agent")`;

/**
 * The expression that does `work` in the target. Its text travels, so it must not use anything from outside itself: no
 * imports, no constants of its module, no other functions. Some tools wrap functions in `__name`, which is given here.
 */
export function inTarget<A extends readonly Plain[]>(work: (target: Target, ...args: A) => unknown, ...args: A): string {
	const target = `{ agent: globalThis[${AGENT_KEY}], load: (name) => (process.getBuiltinModule ? process.getBuiltinModule(name) : require(name)) }`;
	return `((__name) => (${work})(${[target, ...args.map((arg) => JSON.stringify(arg))].join(", ")}))((named) => named)`;
}
