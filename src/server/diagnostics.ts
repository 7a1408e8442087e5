import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver/node";
import { clock, evidenceText, type Finding, type Severity } from "../protocol/index.js";
import { toRange } from "./ranges.js";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	info: DiagnosticSeverity.Information,
	hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticContext {
	uriOf(file: string): string;
	/** URI of the folder that holds a page `<rule>.md` per rule, with a slash at its end; null when the editor has none. */
	readonly rulePages: string | null;
}

export function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic {
	return {
		range: toRange(finding),
		severity: SEVERITIES[finding.severity],
		source: "Prisma Leak Lens",
		code: finding.rule,
		...(context.rulePages === null ? {} : { codeDescription: { href: `${context.rulePages}${finding.rule}.md` } }),
		message: messageOf(finding),
		relatedInformation: finding.related.map((place) => ({
			location: { uri: context.uriOf(place.file), range: toRange(place) },
			message: place.message,
		})),
	};
}

function messageOf({ message, evidence }: Finding): string {
	return evidence === undefined ? message : `${message} Confirmed: ${evidenceText(evidence)}, measured at ${clock(evidence.at)}.`;
}
