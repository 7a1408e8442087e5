import { type Analysis, RULE_METAS } from "../../analysis/index.js";
import { type DatabaseSettings, type Profile, thresholdsOf } from "../../config/index.js";
import type { RecordedSamples } from "../../monitor/index.js";
import type { CheckReport, Finding, LoadResult } from "../../protocol/index.js";
import { adviceOf, thresholdsIn, verificationOf } from "./advice.js";
import { appliedOf } from "./applied.js";
import { causesOf, type Refusals } from "./causes.js";
import { measurement, nextStep, verdict } from "./conclusion.js";
import { impactOf, perClientOf } from "./impact.js";
import { measuredOf } from "./measured.js";
import type { LeakReport } from "./types.js";

export interface ReportInput {
	/** Of the folder, as its heading names it. */
	readonly name: string;
	readonly madeAt: number;
	readonly check: CheckReport;
	readonly refusals: Refusals;
	/** What was found before the repair; none when that is not known. */
	readonly findingsBefore: readonly Finding[];
	readonly recording: RecordedSamples | null;
	/** A recording from before the repair. */
	readonly baseline: RecordedSamples | null;
	/** The load test that ran while `recording` was made. */
	readonly load: LoadResult | null;
	readonly profile: Profile;
	readonly database: DatabaseSettings;
}

/** What the analysis of a scanned folder contributes. */
export function analysedIn(analysis: Analysis): Pick<ReportInput, "check" | "refusals"> {
	const check = analysis.report();
	// Rule by rule: fixes of different rules that meet in a line are made one after the other, which is nothing for a person to decide.
	const rules = new Set(check.findings.filter(({ fixes }) => fixes.length > 0).map(({ rule }) => rule));
	const refused = [...rules].flatMap((rule) => analysis.fixAll({ rule }, { kind: "workspace" }).refused);
	return { check, refusals: new Map(refused.map(({ finding, reason }) => [finding, reason])) };
}

export function leakReport(input: ReportInput): LeakReport {
	const { name, madeAt, check, profile } = input;
	const thresholds = thresholdsOf(profile);
	const [measured, baseline] = [input.recording, input.baseline].map((recorded) =>
		recorded === null ? null : measuredOf(recorded, thresholds),
	);
	const impact = impactOf(baseline?.levels ?? [], measured?.levels ?? []);
	const causes = causesOf(check.findings, RULE_METAS, input.refusals);
	const overview = overviewOf(check);
	return {
		version: 1,
		name,
		madeAt,
		profile: profile.name,
		conclusion: [verdict(name, overview, causes), measurement(measured ?? null, impact, check.findings), nextStep(causes)],
		overview,
		causes,
		measured: measured ?? null,
		baseline: baseline ?? null,
		load: input.load,
		applied: appliedOf(input.findingsBefore, check.findings, RULE_METAS),
		impact,
		perClient: perClientOf(impact),
		advice: adviceOf(profile, input.database),
		thresholds: thresholdsIn(thresholds),
		verification: verificationOf(check.prisma),
	};
}

function overviewOf({ summary, prisma }: CheckReport): LeakReport["overview"] {
	return {
		files: summary.files,
		packages: summary.packages,
		prisma: [...new Set(prisma.flatMap(({ version }) => version ?? []))],
		suppressed: summary.suppressed,
		severities: { error: summary.errors, warning: summary.warnings, info: summary.infos, hint: summary.hints },
	};
}
