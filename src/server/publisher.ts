import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../protocol/index.js";

/** Hands each file's findings on when they differ from what was handed on last; a file without findings gets an empty list, once. */
export class FindingsPublisher {
	readonly #send: (file: string, findings: readonly Finding[]) => void;
	#sent: ReadonlyMap<string, readonly Finding[]> = new Map();

	constructor(send: (file: string, findings: readonly Finding[]) => void) {
		this.#send = send;
	}

	/** Files in `first` are sent before all others, in their order. */
	publish(findings: readonly Finding[], first: readonly string[]): void {
		const before = this.#sent;
		const now = groupByFile(findings);
		this.#sent = now;
		for (const file of new Set([...first, ...before.keys(), ...now.keys()])) {
			const list = now.get(file) ?? [];
			if (!isSame(before.get(file) ?? [], list)) this.#send(file, list);
		}
	}

	/** Takes everything back that was published. */
	clear(): void {
		this.publish([], []);
	}
}

function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
	const files = new Map<string, Finding[]>();
	for (const finding of findings) {
		const list = files.get(finding.file);
		if (list === undefined) files.set(finding.file, [finding]);
		else list.push(finding);
	}
	return files;
}

function isSame(a: readonly Finding[], b: readonly Finding[]): boolean {
	return a.length === b.length && a.every((finding, index) => finding === b[index] || isDeepStrictEqual(finding, b[index]));
}
