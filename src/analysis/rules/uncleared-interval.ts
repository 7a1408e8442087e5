import { isAppFile } from "../lifetimes/app-files.js";
import { type Interval, intervalsIn } from "../lifetimes/intervals.js";
import { canRunAgain } from "../lifetimes/restarts.js";
import type { CallSite } from "../summaries/call-graph.js";
import type { Cause } from "../summaries/handlers.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const unclearedInterval: Rule = {
	meta: {
		id: "uncleared-interval",
		title: "An interval is started again and again and never cleared",
		finds: "`setInterval` per request, instance or call, with a handle that is dropped, or stored and never cleared.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		if (!isAppFile(model, file)) return;
		for (const interval of intervalsIn(model, file)) {
			if (interval.handle.k === "cleared") continue;
			const sentence = repetition(model, interval);
			if (sentence) yield finding(interval, sentence);
		}
	},
};

function repetition(model: FileModel, { file, call, fact, handle }: Interval): string | null {
	const site: CallSite = { file, kind: "call", index: call, function: fact.function };
	const runs = model.runs.siteRuns(site);
	if (runs.k === "many" && runs.cause !== "per loop turn") return repeatedSentence(model, site, runs.cause);
	if (handle.k !== "stored" || handle.binding !== null || !canRunAgain(model, site)) return null;
	return `Each call starts another interval and overwrites ${handle.name}, and nothing clears it.`;
}

function repeatedSentence(model: FileModel, { file, function: at }: CallSite, cause: Cause): string {
	const inClass = model.linker.facts(file)?.functions[at]?.classId ?? null;
	const name = inClass === null ? null : model.linker.facts(file)?.classes[inClass]?.name;
	return name
		? `Each ${name} starts an interval, ${name} is built ${cause}, and nothing clears it.`
		: `This interval is started ${cause}, and nothing clears it.`;
}

function finding({ file, fact, handle }: Interval, sentence: string): RuleFinding {
	const what =
		handle.k === "stored"
			? "Clear it before it is started again and when its owner is done"
			: "Keep the handle and clear it when its owner is done";
	return {
		severity: "warning",
		place: { file, span: fact.calleeSpan },
		message: `${sentence} It runs for ever and keeps all it refers to, clients too. ${what}, or start one interval for the whole process.`,
		fixes: ["clear-interval"],
	};
}
