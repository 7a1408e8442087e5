import type { FileFacts, FunctionId } from "../facts/index.js";
import { nameIndex } from "../summaries/name-index.js";
import { type Carrier, carrierAt } from "./carrier.js";

/** What starts an interval with each instance, or on each call, in a file that clears none. */
export function intervalCarriers(file: string, facts: FileFacts): Carrier[] {
	const { calls } = nameIndex(facts);
	if (calls.has("clearInterval")) return [];
	return (calls.get("setInterval") ?? []).flatMap((call) => {
		const at = facts.calls[call]?.function ?? 0;
		const fact = facts.functions[at];
		const startsWithInstance = fact?.classId == null || isInstanceCode(facts, at) || isCalledByInstanceCode(facts, fact.name);
		return at === 0 || !startsWithInstance ? [] : carrierAt(file, facts, at);
	});
}

function isCalledByInstanceCode(facts: FileFacts, method: string | null): boolean {
	return (nameIndex(facts).calls.get(method ?? "") ?? []).some((call) => isInstanceCode(facts, facts.calls[call]?.function ?? 0));
}

function isInstanceCode(facts: FileFacts, at: FunctionId): boolean {
	const kind = facts.functions[at]?.kind;
	return kind === "constructor" || kind === "field";
}
