import type { ClassId, FileFacts } from "../facts/index.js";
import { isAppFile } from "../lifetimes/app-files.js";
import type { CollectionKind } from "../lifetimes/collections.js";
import { type Hook, hooksIn, reachedFrom } from "../lifetimes/event-handlers.js";
import { isWithin, somePart } from "../lifetimes/expressions.js";
import { type Growth, growthsIn } from "../lifetimes/growth.js";
import { isOnOwnClient } from "../lifetimes/prisma-receiver.js";
import { isBelowSize, isTrimmed } from "../lifetimes/trimming.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const unboundedEventBuffer: Rule = {
	meta: {
		id: "unbounded-event-buffer",
		title: "A buffer of queries grows without end",
		finds:
			"An array, Map, Set or object that a `$on`, `$use` or `$extends` query handler, or a class that records queries, fills and nothing trims.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		if (!isAppFile(model, file)) return;
		for (const { growth, hook } of [...hookedGrowths(model, file), ...recordedQueries(model, file)]) {
			if (isLeak(model, growth)) yield finding(growth, hook);
		}
	},
};

interface Candidate {
	readonly growth: Growth;
	/** Null for a method that is handed query texts. */
	readonly hook: Hook | null;
}

function hookedGrowths(model: FileModel, file: string): Candidate[] {
	return hooksIn(model.linker, file).flatMap((hook) => {
		const reached = reachedFrom(model.linker, hook.handlers);
		return reached.flatMap((ref) => {
			const facts = model.linker.facts(ref.file);
			if (!facts || model.workspace.roleOf(ref.file) !== "app") return [];
			return growthsIn(model.linker, ref.file, facts, ref.id)
				.filter((growth) => !isInside(facts, growth, hook) && outlivesCall(model, growth, hook))
				.map((growth) => ({ growth, hook }));
		});
	});
}

/** A local of the handler, or of what it calls, dies with the event. */
function isInside(facts: FileFacts, { file, function: at, collection }: Growth, hook: Hook): boolean {
	const { owner } = collection;
	if (owner.k !== "variable" || owner.function === 0 || file !== collection.file) return false;
	if (isWithin(facts, owner.function, at)) return true;
	return hook.handlers.some((handler) => handler.file === file && isWithin(facts, owner.function, handler.id));
}

/** A list beside the `$extends` of one request goes with that request's extended client. */
function outlivesCall(model: FileModel, { collection }: Growth, hook: Hook): boolean {
	const { owner } = collection;
	if (isOnOwnClient(model, hook) && model.runs.runs({ file: hook.file, id: hook.function }).k === "many") return false;
	if (owner.k !== "variable" || owner.function === 0 || hook.method !== "$extends") return true;
	return model.runs.runs({ file: collection.file, id: owner.function }).k === "once";
}

const QUERY_TEXT = /^(query|sql|statement|queryText|queryString|rawQuery|sqlText)$/;

/** A method that is handed a query's text and puts it, or an entry that holds it, into a field. */
function recordedQueries(model: FileModel, file: string): Candidate[] {
	const facts = model.linker.facts(file);
	if (!facts) return [];
	return facts.functions.flatMap((fact, id) => {
		const texts = new Set(fact.params.filter((param) => QUERY_TEXT.test(facts.bindings[param]?.name ?? "")));
		if (texts.size === 0 || fact.classId === null || !livesOn(model, file, fact.classId)) return [];
		return growthsIn(model.linker, file, facts, id)
			.filter(({ collection }) => collection.owner.k === "field")
			.filter(({ element }) => holdsText(facts, element, texts))
			.map((growth) => ({ growth, hook: null }));
	});
}

/** Built once and kept, unlike a query builder. */
function livesOn(model: FileModel, file: string, classId: ClassId): boolean {
	const builders = model.calls.buildersOf(file, classId);
	return builders.length > 0 && builders.every((site) => model.runs.siteRuns(site).k === "once");
}

/** The text itself or an entry of an object; not what is computed from it. */
function holdsText(facts: FileFacts, element: Growth["element"], texts: ReadonlySet<number>): boolean {
	if (element.k === "binding") {
		if (texts.has(element.id)) return true;
		const init = facts.bindings[element.id]?.kind === "const" ? facts.bindings[element.id]?.init : null;
		return init?.k === "object" && holdsText(facts, init, texts);
	}
	return (
		element.k === "object" &&
		element.entries.some((entry) => somePart(facts, entry.value, (part) => part.k === "binding" && texts.has(part.id)))
	);
}

function isLeak(model: FileModel, growth: Growth): boolean {
	const facts = model.linker.facts(growth.file);
	return facts !== undefined && !isBelowSize(facts, growth.context) && !isTrimmed(model.linker, model.places, growth.collection);
}

const NOUNS: Readonly<Record<CollectionKind, string>> = { array: "array", map: "Map", set: "Set", object: "object" };

function finding({ file, span, collection }: Growth, hook: Hook | null): RuleFinding {
	const when = hook === null ? "each query it is told of" : hook.method === "$on" ? "each event" : "each query";
	return {
		severity: "warning",
		place: { file, span },
		message: `The ${NOUNS[collection.kind]} ${collection.name} grows with ${when} and nothing trims it, so the heap grows for as long as the process lives. Keep only the latest entries, or a sum of them.`,
		related: hook ? [{ place: { file: hook.file, span: hook.span }, message: "Runs it." }] : [],
		fixes: ["bound-buffer"],
	};
}
