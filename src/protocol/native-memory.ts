/** What the memory of a process is made of below JavaScript, on demand: Linux only, by the kernel's list of its mappings. */
import { type Guard, isAmount, isListOf, isLiteral, isOneOf, isShape } from "./guard.js";
import { isMessage } from "./session-guard.js";

/** See docs/native-memory.md for how each is told, and where that ends. */
export const NATIVE_KINDS = ["engine", "malloc", "v8Heap", "v8Code", "wasmMemory", "wasmCode", "stacks", "files", "other"] as const;
export type NativeKind = (typeof NATIVE_KINDS)[number];

export const NATIVE_WORDS: Readonly<Record<NativeKind, string>> = {
	engine: "Prisma's engine library",
	malloc: "malloc heap: Buffers and native code",
	v8Heap: "V8 heap",
	v8Code: "V8 compiled code",
	wasmMemory: "WASM memory",
	wasmCode: "WASM compiled code",
	stacks: "stacks",
	files: "mapped files: Node and libraries",
	other: "other",
};

export interface NativePart {
	readonly kind: NativeKind;
	/** Resident bytes. */
	readonly rss: number;
	/** Of these, what no other process shares: what would be free again if this one ended. */
	readonly own: number;
	readonly mappings: number;
}

export interface NativeMemory {
	readonly pid: number;
	/** When it was read, in milliseconds since the epoch. */
	readonly t: number;
	/** One per kind, in the order of `NATIVE_KINDS`; those that the process has none of have 0 bytes. */
	readonly parts: readonly NativePart[];
}

/** Messages are for people. */
export type NativeMemoryOutcome =
	| { readonly kind: "memory"; readonly memory: NativeMemory }
	| { readonly kind: "failed"; readonly message: string };

/** Resident bytes of all parts. */
export function nativeTotal({ parts }: NativeMemory): number {
	return parts.reduce((sum, { rss }) => sum + rss, 0);
}

const isNativeKind: Guard<NativeKind> = (value): value is NativeKind => NATIVE_KINDS.some((kind) => kind === value);

const isNativePart: Guard<NativePart> = isShape<NativePart>({ kind: isNativeKind, rss: isAmount, own: isAmount, mappings: isAmount });

export const isNativeMemory: Guard<NativeMemory> = isShape<NativeMemory>({
	pid: isAmount,
	t: isAmount,
	parts: isListOf(isNativePart, NATIVE_KINDS.length),
});

export const isNativeMemoryOutcome: Guard<NativeMemoryOutcome> = isOneOf(
	isShape<Extract<NativeMemoryOutcome, { kind: "memory" }>>({ kind: isLiteral("memory"), memory: isNativeMemory }),
	isShape<Extract<NativeMemoryOutcome, { kind: "failed" }>>({ kind: isLiteral("failed"), message: isMessage }),
);
