/** V8's sampling heap profile as the inspector sends it, read into plain data. */
import { HEAP_NAME_LIMIT, isAmount, isRecord, SITE_FILE_LIMIT } from "../../protocol/index.js";
import type { Position } from "../levels/source-maps.js";

/** A function on the stack. */
export interface Frame {
	readonly name: string | null;
	/** Where the function begins in its script; null outside of scripts. */
	readonly position: Position | null;
}

/** What one stack allocated and still holds; bytes are V8's estimate from its samples. */
export interface Allocation {
	readonly bytes: number;
	/** The innermost first. */
	readonly stack: readonly Frame[];
}

/** Both far beyond what V8 sends: stacks are cut at 128 frames. */
const MAX_NODES = 1_000_000;
const MAX_DEPTH = 1_000;

/** The stacks that allocated something. @throws Error when the answer is no profile */
export function readAllocations(profile: unknown): readonly Allocation[] {
	const allocations: Allocation[] = [];
	const open: { readonly node: unknown; readonly stack: readonly Frame[] }[] = [
		{ node: isRecord(profile) ? profile.head : null, stack: [] },
	];
	let nodes = 0;
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { node } = next;
		if (!isRecord(node) || !isRecord(node.callFrame) || !isAmount(node.selfSize) || !Array.isArray(node.children) || ++nodes > MAX_NODES)
			throw new Error("the answer is no heap profile");
		const stack = [frameOf(node.callFrame), ...next.stack].slice(0, MAX_DEPTH);
		if (node.selfSize > 0) allocations.push({ bytes: node.selfSize, stack });
		for (const child of node.children) open.push({ node: child, stack });
	}
	return allocations;
}

/** Lines and columns of the inspector count from 0. */
function frameOf({ functionName, url, lineNumber, columnNumber }: Readonly<Record<string, unknown>>): Frame {
	const name = typeof functionName === "string" ? printable(functionName).slice(0, HEAP_NAME_LIMIT) : "";
	const isPlace = typeof url === "string" && url !== "" && url.length <= SITE_FILE_LIMIT && isAmount(lineNumber) && isAmount(columnNumber);
	return {
		name: name === "" ? null : name,
		position: isPlace ? { file: printable(url), line: lineNumber + 1, column: columnNumber + 1 } : null,
	};
}

/** Names come from the target and end up on terminals. */
function printable(text: string): string {
	return text.replace(/\p{Cc}/gu, "\u{FFFD}");
}
