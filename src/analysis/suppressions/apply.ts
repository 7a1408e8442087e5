import type { Settings } from "../../config/index.js";
import type { Finding } from "../../protocol/index.js";
import type { Suppression } from "./directives.js";
import { type Scope, scopesOf } from "./scopes.js";
import { unusedFindings } from "./unused.js";

export interface Heeded {
	/** What is left, and what there is to say of the comments themselves; in no order. */
	readonly findings: readonly Finding[];
	/** How many findings comments have silenced. */
	readonly suppressed: number;
}

/** Leaves out the findings of a file that its comments silence, and finds the comments that silence nothing. */
export function applySuppressions(
	file: string,
	findings: readonly Finding[],
	suppressions: readonly Suppression[],
	settings: Settings,
): Heeded {
	const scopes = scopesOf(suppressions);
	const used = new Set<Scope>();
	const left = findings.filter((finding) => {
		const silencing = scopes.filter((scope) => silences(scope, finding));
		for (const scope of silencing) used.add(scope);
		return silencing.length === 0;
	});
	const unused = unusedFindings(file, suppressions, scopes, used, settings);
	return { findings: [...left, ...unused], suppressed: findings.length - left.length };
}

function silences({ rule, first, last }: Scope, finding: Finding): boolean {
	return (rule === null || rule.name === finding.rule) && first <= finding.line && finding.line <= last;
}
