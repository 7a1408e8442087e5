import type { RuleMeta } from "../../analysis/index.js";
import { type Finding, SEVERITIES, sumOfSavings } from "../../protocol/index.js";
import type { Cause, Figure, PlaceFix } from "./types.js";

const BYTES_PER_MB = 1_000_000;

/** Why a finding is left to a person, by finding. */
export type Refusals = ReadonlyMap<Finding, string>;

/** Findings by rule: the gravest first, then what would save most, then the most places. */
export function causesOf(findings: readonly Finding[], metas: readonly RuleMeta[], refusals: Refusals): readonly Cause[] {
	return metas
		.map((meta) => ({ meta, own: findings.filter(({ rule }) => rule === meta.id) }))
		.filter(({ own }) => own.length > 0)
		.map(({ meta: { id, title, finds }, own }) => ({
			rule: id,
			title,
			finds,
			severity: SEVERITIES.find((severity) => own.some((finding) => finding.severity === severity)) ?? "hint",
			places: own.map((finding) => {
				const { file, line, severity, message } = finding;
				return { file, line, severity, message, fix: fixOf(finding, refusals) };
			}),
			saving: savingOf(own),
		}))
		.sort(
			(a, b) =>
				SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
				(b.saving?.high ?? 0) - (a.saving?.high ?? 0) ||
				b.places.length - a.places.length,
		);
}

function fixOf(finding: Finding, refusals: Refusals): PlaceFix {
	const [id] = finding.fixes;
	if (id === undefined) return { kind: "none" };
	const reason = refusals.get(finding);
	return reason === undefined ? { kind: "available", id } : { kind: "decision", reason };
}

/** What mending all of these would save; null where nothing is known. */
export function savingOf(findings: readonly Finding[]): Figure | null {
	const { low, high, sources } = sumOfSavings(findings.map(({ estimate }) => estimate ?? null));
	if (high <= 0) return null;
	return {
		value: ((low + high) / 2) * BYTES_PER_MB,
		low: low * BYTES_PER_MB,
		high: high * BYTES_PER_MB,
		basis: "estimated",
		source: sources.join("; "),
	};
}
