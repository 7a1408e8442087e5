import type { Finding } from "../../protocol/index.js";
import { rangeOf } from "../rules/places.js";
import type { Model, Place } from "../rules/types.js";

/** Whether a finding stands at this place of the model. */
export function findingAt(finding: Finding, place: Place, { linker }: Model): boolean {
	if (place.file !== finding.file) return false;
	const { line, column, endLine, endColumn } = rangeOf(place, linker);
	return line === finding.line && column === finding.column && endLine === finding.endLine && endColumn === finding.endColumn;
}
