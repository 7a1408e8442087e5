import type { PoolTimeoutKind } from "../../config/index.js";
import type { ClassId, Expr, FileFacts, FunctionId } from "../facts/index.js";
import type { Creation } from "../summaries/creations.js";
import type { Linker } from "../summaries/linker.js";
import { isMadeAt } from "../summaries/values.js";
import type { OptionNumber } from "./adapters.js";
import { numbersOf } from "./option-values.js";

const MAXIMUM =
	/^_?(max(imum)?[-_]?(connections?|clients?|pool[-_]?size|instances|size)|pool[-_]?(size|max)|max[-_]?pool|connection[-_]?limit)$/i;
const MINIMUM = /^_?(min(imum)?[-_]?(connections?|clients?|pool[-_]?size|instances|size|idle)|pool[-_]?min|min[-_]?pool)$/i;
const COLLECTS = /^(push|add|set|unshift|enqueue)$/;

/** A class that keeps PrismaClients in a collection and bounds their number itself. */
export interface Manager {
	readonly file: string;
	readonly className: string;
	readonly max: readonly OptionNumber[];
	readonly min: readonly OptionNumber[];
	readonly timeouts: readonly ManagerTimeout[];
}

/** How long a manager keeps or waits for a client, as its option's name says. */
export interface ManagerTimeout {
	readonly kind: PoolTimeoutKind;
	readonly unit: 1 | 1000;
	readonly number: OptionNumber;
}

const TIMEOUTS: readonly (readonly [RegExp, PoolTimeoutKind])[] = [
	[timeoutName("acquire[-_]?time[-_]?out"), "acquire"],
	[timeoutName("(create|connect(ion)?)[-_]?time[-_]?out"), "create"],
	[timeoutName("destroy[-_]?time[-_]?out"), "destroy"],
	[timeoutName("(max[-_]?)?(connection|client)?[-_]?idle[-_]?time([-_]?out)?"), "idle"],
	[timeoutName("reap[-_]?interval"), "reap"],
	[timeoutName("(max[-_]?)?(connection|client)?[-_]?(ttl|life[-_]?time|max[-_]?age)"), "lifetime"],
	[timeoutName("query[-_]?time[-_]?out"), "query"],
];
const IN_SECONDS = /(seconds?|secs?|[-_]s)$/i;

function timeoutName(name: string): RegExp {
	return new RegExp(`^_?${name}([-_]?(ms|millis(econds)?|secs?|seconds?|s))?$`, "i");
}

/**
 * Home-made pools whose elements are PrismaClients. A number counts only where the class compares against it: a configuration
 * that nothing reads bounds nothing, and a class that owns one client may bound something else (FORMS.md, quiet 9).
 */
export function managersIn(linker: Linker, file: string, creations: readonly Creation[]): Manager[] {
	const facts = linker.facts(file);
	if (facts === undefined) return [];
	const owners = new Set(creations.flatMap((creation) => classAround(facts, creation.fact.function) ?? []));
	return [...owners].flatMap((classId) => {
		const collected = creations.filter((creation) => isCollected(linker, file, facts, classId, creation));
		const options = collected.length > 0 ? boundOptions(linker, file, facts, classId) : [];
		const max = options.filter(({ option }) => MAXIMUM.test(option));
		if (max.length === 0) return [];
		return [
			{
				file,
				className: facts.classes[classId]?.name ?? "this class",
				max,
				min: options.filter(({ option }) => MINIMUM.test(option)),
				timeouts: timeoutsOf(linker, file, facts, classId),
			},
		];
	});
}

function classAround(facts: FileFacts, at: FunctionId): ClassId | null {
	for (let id: FunctionId | null = at; id !== null; id = facts.functions[id]?.parent ?? null) {
		const classId = facts.functions[id]?.classId ?? null;
		if (classId !== null) return classId;
	}
	return null;
}

/** Whether a method adds the client to an array, set or map of the instance, also when another method made it. */
function isCollected(linker: Linker, file: string, facts: FileFacts, classId: ClassId, creation: Creation): boolean {
	return facts.calls.some((call) => {
		if (call.callee.k !== "member" || !COLLECTS.test(call.callee.name ?? "") || !isOwnMember(call.callee.of)) return false;
		if (classAround(facts, call.function) !== classId) return false;
		return call.args.some((argument) => holdsClient(linker, file, argument, call.function, creation));
	});
}

function holdsClient(linker: Linker, file: string, argument: Expr, at: FunctionId, creation: Creation): boolean {
	if (argument.k === "object") return argument.entries.some((entry) => holdsClient(linker, file, entry.value, at, creation));
	return linker.values(file, argument, at).some((value) =>
		// `entry = { client: new PrismaClient(), at }; this.clients.set(key, entry)`
		value.k === "object" && value.file === file
			? value.expression.entries.some((entry) => entry.value.k !== "object" && holdsClient(linker, file, entry.value, value.at, creation))
			: isMadeAt(value, creation),
	);
}

function isOwnMember(expression: Expr): boolean {
	return expression.k === "member" && (expression.of.k === "this" || isOwnMember(expression.of));
}

function boundOptions(linker: Linker, file: string, facts: FileFacts, classId: ClassId): OptionNumber[] {
	const compared = comparedNames(facts, classId);
	const numbers = new Map<number, OptionNumber>();
	for (const { name, expression, at } of namedValues(facts, classId)) {
		const isBound = MINIMUM.test(name) || (MAXIMUM.test(name) && compared.has(name));
		if (!isBound) continue;
		for (const number of numbersOf(linker, { file, expression, at }))
			if (number.file === file) numbers.set(number.start, { ...number, option: name });
	}
	return [...numbers.values()];
}

/** Also those the class never reads: its maker meant them, and a client then lives even longer. */
function timeoutsOf(linker: Linker, file: string, facts: FileFacts, classId: ClassId): ManagerTimeout[] {
	return [...namedValues(facts, classId)].flatMap(({ name, expression, at }): ManagerTimeout[] => {
		const kind = TIMEOUTS.find(([pattern]) => pattern.test(name))?.[1];
		if (kind === undefined) return [];
		const unit = IN_SECONDS.test(name) ? 1000 : 1;
		return numbersOf(linker, { file, expression, at }).flatMap((number) =>
			number.file === file ? [{ kind, unit, number: { ...number, option: name } }] : [],
		);
	});
}

/** Members that conditions in the class read. */
function comparedNames(facts: FileFacts, classId: ClassId): ReadonlySet<string> {
	const names = new Set<string>();
	for (const site of [...facts.calls, ...facts.news, ...facts.assignments]) {
		if (classAround(facts, site.function) !== classId) continue;
		for (const step of site.context) if (step.k === "branch") collectNames(step.condition, names);
	}
	return names;
}

function collectNames(expression: Expr, names: Set<string>): void {
	if (expression.k === "member") {
		if (expression.name !== null) names.add(expression.name);
		collectNames(expression.of, names);
	} else if (expression.k === "binary") {
		collectNames(expression.left, names);
		collectNames(expression.right, names);
	} else if (expression.k === "either") {
		for (const item of expression.items) collectNames(item, names);
	} else if (expression.k === "not") {
		collectNames(expression.of, names);
	}
}

interface NamedValue {
	readonly name: string;
	readonly expression: Expr;
	readonly at: FunctionId;
}

/** What the class gives its fields, and the entries of objects it keeps: `this.config = { maxConnections: 20, ...config }`. */
function* namedValues(facts: FileFacts, classId: ClassId): Iterable<NamedValue> {
	const cls = facts.classes[classId];
	for (const field of cls?.fields ?? []) {
		if (field.init !== null) yield* valuesUnder(facts, field.name, field.init, cls?.instanceInit ?? 0);
	}
	for (const { target, value, function: at } of facts.assignments) {
		if (target.k === "member" && target.name !== null && classAround(facts, at) === classId)
			yield* valuesUnder(facts, target.name, value, at);
	}
	for (const binding of facts.bindings) {
		if (binding.parameter !== undefined && binding.init !== null && classAround(facts, binding.owner) === classId) {
			yield* valuesUnder(facts, binding.name, binding.init, binding.owner);
		}
	}
}

function* valuesUnder(facts: FileFacts, name: string, expression: Expr, at: FunctionId): Iterable<NamedValue> {
	if (expression.k === "object") {
		for (const entry of expression.entries) yield* valuesUnder(facts, entry.key, entry.value, at);
		for (const spread of expression.spreads) yield* valuesUnder(facts, name, spread, at);
	} else if (expression.k === "binding" && facts.bindings[expression.id]?.init?.k === "object") {
		// `const DEFAULTS = { maxConnections: 20 }` beside the class.
		yield* valuesUnder(facts, name, facts.bindings[expression.id]?.init ?? expression, 0);
	} else {
		yield { name, expression, at };
	}
}
