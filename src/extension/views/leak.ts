import { type OverviewFinding, SEVERITIES, type Severity } from "../../protocol/index.js";

/** A finding with the place it stands in. */
export interface Leak extends OverviewFinding {
	/** URI of the workspace folder. */
	readonly folder: string;
	readonly file: string;
	readonly package: string;
	/** Title of its rule. */
	readonly title: string;
}

export function gravity(severity: Severity): number {
	return SEVERITIES.indexOf(severity);
}

export function worst(leaks: readonly Leak[]): Severity {
	let found: Severity = "hint";
	for (const { severity } of leaks) if (gravity(severity) < gravity(found)) found = severity;
	return found;
}
