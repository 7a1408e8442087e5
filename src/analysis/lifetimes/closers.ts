import type { Model } from "../rules/types.js";
import { type Disconnect, disconnectsIn } from "./disconnects.js";

/** Which clients are closed where, over all analysed files. */
export type Closers = ReadonlyMap<string, readonly Disconnect[]>;

export function findClosers({ linker, files }: Model): Closers {
	const closers = new Map<string, Disconnect[]>();
	for (const file of files) {
		for (const disconnect of disconnectsIn(linker, file)) {
			for (const value of linker.values(file, disconnect.receiver, disconnect.fact.function)) {
				if (value.k !== "instance" || value.id === null) continue;
				const key = closerKey(value.file, value.id);
				closers.set(key, [...(closers.get(key) ?? []), disconnect]);
			}
		}
	}
	return closers;
}

export function closerKey(file: string, id: number): string {
	return `${file}#${id}`;
}
