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

export const UNKNOWN: Handle = { k: "unknown" };
export const TX: Handle = { k: "tx" };
export const ABSENT: Handle = { k: "absent" };

export function holdsTransaction(handle: Handle): boolean {
	return handle.k === "tx" || (handle.k === "object" && [...handle.members.values()].some(holdsTransaction));
}

/** One of several: certain only when all agree; a transaction among them is what the code chose to prefer. */
export function join(handles: readonly Handle[]): Handle {
	const present = handles.filter((handle) => handle.k !== "absent");
	const [first] = present;
	if (!first) return handles.length > 0 ? ABSENT : UNKNOWN;
	if (present.some((handle) => handle.k === "tx")) return TX;
	if (!present.every((handle) => handle.k === first.k)) return UNKNOWN;
	return first.k === "object" && present.length > 1 ? UNKNOWN : present.length < handles.length ? asFallback(first) : first;
}

export function asFallback(handle: Handle): Handle {
	return handle.k === "outer" ? { ...handle, fallback: true } : handle;
}

export function presence(handle: Handle): boolean | null {
	return handle.k === "unknown" ? null : handle.k !== "absent";
}
