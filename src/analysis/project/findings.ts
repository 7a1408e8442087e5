import type { Finding, TextRange } from "../../protocol/index.js";
import type { Place, Rule, RuleFinding } from "../rules/types.js";
import type { Linker } from "../summaries/linker.js";
import { rangeOf } from "./positions.js";

/** Turns a rule's finding (offsets) into the one every view shows (lines and columns). */
export function toFinding(rule: Rule, finding: RuleFinding, linker: Linker): Finding {
	const related = (finding.related ?? []).map(({ place, message }) => ({ file: place.file, ...range(place, linker), message }));
	return {
		rule: rule.meta.id,
		severity: finding.severity,
		file: finding.place.file,
		...range(finding.place, linker),
		message: finding.message,
		related,
		...(finding.estimate ? { estimate: finding.estimate } : {}),
		fixes: finding.fixes ?? [],
	};
}

function range(place: Place, linker: Linker): TextRange {
	if ("range" in place) return place.range;
	return rangeOf(linker.facts(place.file)?.lineStarts ?? [0], place.span);
}
