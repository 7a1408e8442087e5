/** The report's first three lines. */
import {
	bytes,
	bytesChange,
	count,
	countChange,
	duration,
	type Finding,
	plural,
	SEVERITIES,
	type Severity,
	savingText,
	sumOfSavings,
	trendText,
} from "../../protocol/index.js";
import { CONNECTIONS, OUTSIDE_HEAP, RSS } from "./measured.js";
import type { Cause, Change, LeakReport, Measured } from "./types.js";

const NOUNS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note", hint: "hint" };

export function verdict(name: string, { severities, files }: LeakReport["overview"], [gravest]: readonly Cause[]): string {
	if (gravest === undefined) return `No leaks in ${plural(files, "file")} of ${name}`;
	const counts = SEVERITIES.flatMap((severity) => (severities[severity] === 0 ? [] : [plural(severities[severity], NOUNS[severity])]));
	return `${counts.join(", ")} in ${name}, above all: ${lowerFirst(gravest.title)} (${plural(gravest.places.length, "place")})`;
}

export function measurement(measured: Measured | null, impact: readonly Change[], findings: readonly Finding[]): string {
	const changes = impact.filter(({ name }) => name === RSS || name === OUTSIDE_HEAP || name === CONNECTIONS);
	if (changes.length > 0) return `Measured before and after: ${changes.map(changeText).join("; ")}.`;
	if (measured !== null) return processText(measured);
	const saving = savingText(sumOfSavings(findings.map(({ estimate }) => estimate ?? null)));
	return saving === null
		? "Nothing was measured, and no cost is known."
		: `Nothing was measured. Estimated: mending what is found saves ${saving} of rss.`;
}

export function nextStep(causes: readonly Cause[]): string {
	const places = causes.flatMap((cause) => cause.places);
	if (places.length === 0) return "Next: keep it so, with the check in CI.";
	const repaired = places.filter(({ fix, severity }) => fix.kind === "available" && severity !== "hint").length;
	const left = places.length - repaired;
	const fixes =
		repaired === 0 ? "" : `Next: the fixes repair ${count(repaired)} of ${plural(places.length, "finding")} (prisma-leak-lens fix .)`;
	const people = left === 0 ? "" : `${count(left)} ${left === 1 ? "is" : "are"} left to a person`;
	return fixes === "" ? `Next: ${people}.` : `${[fixes, people].filter((part) => part !== "").join("; ")}.`;
}

function processText({ levels, from, to, name, pid, alerts, trends }: Measured): string {
	const value = (wanted: string): number => levels.find((level) => level.name === wanted)?.figure.value ?? 0;
	const trend = trends.flatMap((each) => trendText(each) ?? [])[0];
	const found = trend ?? (alerts.length === 0 ? "No alert" : plural(alerts.length, "alert"));
	return `Measured over ${duration(to - from)} of ${name} (pid ${pid}): rss ${bytes(value(RSS))}, of it ${bytes(value(OUTSIDE_HEAP))} outside the heap, ${plural(value(CONNECTIONS), "database connection")}. ${found}.`;
}

function changeText({ name, unit, before, after }: Change): string {
	const difference = after.value - before.value;
	if (unit === "count") return `${name} ${count(before.value)} → ${count(after.value)} (${countChange(difference)})`;
	return `${name} ${bytes(before.value)} → ${bytes(after.value)} (${bytesChange(difference)})`;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
