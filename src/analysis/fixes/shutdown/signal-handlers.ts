import type { Style } from "../style.js";

/** Runs something when the process is told to stop, and then lets the signal do what it would have done. */
export function onSignals({ quote, indent }: Style, body: readonly string[]): string[] {
	return [
		`for (const signal of [${quote}SIGTERM${quote}, ${quote}SIGINT${quote}]) {`,
		`${indent}process.once(signal, () => {`,
		...body.map((line) => indent.repeat(2) + line),
		`${indent}})`,
		"}",
	];
}

/** Closes something that yields a promise, then stops the process by the signal it got. */
export function closeAndStop(close: string): string {
	return `void ${close}.finally(() => process.kill(process.pid, signal))`;
}

/** A process with nothing left to do stops without a signal. */
export function beforeExit({ quote, indent }: Style, close: string): string[] {
	return [`process.once(${quote}beforeExit${quote}, () => {`, `${indent}void ${close}`, "})"];
}

/** Lines of statements behind a place that is indented by `margin`, as one text; those that end a statement get their semicolon. */
export function block(lines: readonly string[], { newLine, semicolon }: Style, margin: string): string {
	return lines.map((line) => (line === "" ? newLine : `${newLine}${margin}${line}${/[)\w]$/.test(line) ? semicolon : ""}`)).join("");
}
