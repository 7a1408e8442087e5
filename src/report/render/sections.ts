/** The leak report as a document: every figure with what it rests on. */

import { changeInUnit, count, duration, type LoadResult, milliseconds, rangeInUnit, SEVERITIES } from "../../protocol/index.js";
import type { LeakReport, NamedFigure } from "../leaks/types.js";
import { causesSection } from "./causes-section.js";
import type { Block, Column, Document, Section, Text } from "./document.js";
import { basisText, captionOf, figureText, roundText, timeText } from "./figures.js";
import { fixesSection } from "./fixes-section.js";
import { memorySection } from "./memory-section.js";

export function documentOf(report: LeakReport): Document {
	return {
		conclusion: report.conclusion,
		about: `Leak report of ${report.name}, ${timeText(report.madeAt)}, by Prisma Leak Lens with the profile "${report.profile}". MB are 10^6 bytes.`,
		sections: [
			overviewSection(report),
			causesSection(report.causes),
			memorySection(report),
			fixesSection(report),
			impactSection(report),
			adviceSection(report),
			thresholdsSection(report),
			{
				title: "To verify",
				blocks: report.verification.flatMap(({ what, command }): Block[] => [
					{ kind: "paragraph", text: what },
					{ kind: "code", text: command },
				]),
			},
		],
	};
}

function overviewSection({ overview, measured, load }: LeakReport): Section {
	const { files, packages, prisma, severities, suppressed } = overview;
	const facts: [string, Text][] = [
		["Sources", `${files} files in ${packages} ${packages === 1 ? "package" : "packages"}`],
		["Prisma", prisma.length === 0 ? "none found" : prisma.join(", ")],
		["Errors, warnings, notes, hints", SEVERITIES.map((severity) => severities[severity]).join(", ")],
		["Silenced by comments", String(suppressed)],
	];
	const levels = measured?.levels ?? [];
	return {
		title: "Overview",
		blocks: [
			{ kind: "table", columns: [left(""), left("Counted in the sources")], rows: facts },
			...(levels.length === 0 ? [] : levelBlocks(levels)),
			...(load === null ? [] : [{ kind: "paragraph" as const, text: loadText(load) }]),
		],
	};
}

function loadText({ seconds, answered, refused, failed, latency }: LoadResult): string {
	const times =
		latency === null ? "" : `; half were answered within ${milliseconds(latency.p50)}, 99 % within ${milliseconds(latency.p99)}`;
	return `Load while it was recorded: ${count(answered + failed)} requests in ${duration(seconds * 1_000)}, of which ${count(refused + failed)} failed${times}. Measured; source: autocannon.`;
}

function levelBlocks(levels: readonly NamedFigure[]): readonly Block[] {
	return [
		{
			kind: "table",
			columns: [left("Process"), right("Level"), right("Spread")],
			rows: levels.map(({ name, unit, figure }) => [name, figureText(figure, unit), rangeInUnit(figure, unit)]),
		},
		{ kind: "paragraph", text: captionOf(levels.map(({ figure }) => figure)) },
	];
}

function impactSection({ impact, perClient, baseline, applied }: LeakReport): Section {
	if (impact.length === 0)
		return {
			title: "Impact",
			blocks: [
				{
					kind: "paragraph",
					text: [
						baseline === null ? "There is no measurement from before the repair: " : "There is no measurement from after the repair: ",
						{ code: baseline === null ? "--baseline" : "--recording" },
						" takes a recording of it.",
					],
				},
			],
		};
	return {
		title: "Impact",
		blocks: [
			{
				kind: "table",
				columns: [left("Figure"), right("Before"), right("After"), right("Difference"), right("Spread before"), right("Spread after")],
				rows: impact.map(({ name, unit, before, after }) => [
					name,
					figureText(before, unit),
					figureText(after, unit),
					changeInUnit(after.value - before.value, unit),
					rangeInUnit(before, unit),
					rangeInUnit(after, unit),
				]),
			},
			{ kind: "paragraph", text: captionOf(impact.flatMap(({ before, after }) => [before, after])) },
			...(perClient === null
				? []
				: [
						{
							kind: "paragraph" as const,
							text: `Per client that went: ${figureText(perClient, "bytes")} of rss, ${rangeInUnit(perClient, "bytes")} by the spreads (${basisText(perClient)}). rss keeps much of what was taken once: heap used and external say what lives.`,
						},
					]),
			...(applied.length === 0
				? []
				: [
						{
							kind: "paragraph" as const,
							text: "What each fix saved of it cannot be measured apart, since all were made between the two recordings: the estimates above stand for it.",
						},
					]),
		],
	};
}

function adviceSection({ advice, profile }: LeakReport): Section {
	return {
		title: `Recommendations for ${profile}`,
		blocks: [
			{
				kind: "table",
				columns: [left("Setting"), right("Recommended"), left("Why")],
				rows: advice.map(({ setting, value, unit, why }) => [setting, roundText(value, unit), why]),
			},
			{ kind: "paragraph", text: `Source: the profile "${profile}" in the settings; every figure can be set otherwise.` },
		],
	};
}

function thresholdsSection({ thresholds, profile, measured }: LeakReport): Section {
	const alerts = measured?.alerts ?? [];
	return {
		title: "Alert thresholds",
		blocks: [
			{
				kind: "table",
				columns: [left("Figure"), right("Healthy up to"), right("Alert over")],
				rows: thresholds.map(({ name, unit, target, limit }) => [
					name,
					target === null ? "–" : roundText(target, unit),
					roundText(limit, unit),
				]),
			},
			{ kind: "paragraph", text: `Source: the profile "${profile}" in the settings. The monitor raises these alerts by itself.` },
			...(alerts.length === 0
				? []
				: [
						{ kind: "paragraph" as const, text: "Raised while it was recorded (measured):" },
						{ kind: "list" as const, items: alerts.map(({ since, message, cause }) => `${timeText(since)}: ${message} ${cause}`) },
					]),
		],
	};
}

function left(head: string): Column {
	return { head, align: "left" };
}

function right(head: string): Column {
	return { head, align: "right" };
}
