import type { Finding } from "../../protocol/index.js";
import { rangeOf } from "../rules/places.js";
import type { Rule, RuleFinding } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns). */
export function toFinding(rule: Rule, finding: RuleFinding, linker: Linker): Finding {
	const related = (finding.related ?? []).map(({ place, message }) => ({ file: place.file, ...rangeOf(place, linker), message }));
	return {
		rule: rule.meta.id,
		severity: finding.severity,
		file: finding.place.file,
		...rangeOf(finding.place, linker),
		message: finding.message,
		related,
		...(finding.estimate ? { estimate: finding.estimate } : {}),
		fixes: finding.fixes ?? [],
	};
}
