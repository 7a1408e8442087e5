import type { CallFact, Expr, FileFacts, FunctionId, NewFact, Span } from "../facts/index.js";
import type { FileModel } from "../rules/types.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import { type MakingSite, makingSite, siteKey, type Value } from "../summaries/values.js";
import { isWithin, somePart } from "./expressions.js";
import { isRotated } from "./rotation.js";

/** A call that closes a client: `$disconnect()`, or `close()` on one that a function made (Prisma 8). */
export interface Disconnect {
	readonly file: string;
	/** Index of the call in its file. */
	readonly call: number;
	readonly fact: CallFact;
	readonly method: "$disconnect" | "close";
	/** The method's name. */
	readonly span: Span;
	readonly receiver: Expr;
}

export function disconnectsIn(linker: Linker, file: string): Disconnect[] {
	return [
		...callsNamed(linker, file, "$disconnect"),
		...callsNamed(linker, file, "close").filter(({ fact, receiver }) =>
			linker.values(file, receiver, fact.function).some((value) => makingSite(value)?.kind === "call"),
		),
	];
}

function callsNamed(linker: Linker, file: string, method: Disconnect["method"]): Disconnect[] {
	const facts = linker.facts(file);
	return (facts === undefined ? [] : (nameIndex(facts).calls.get(method) ?? [])).flatMap((call) => {
		const fact = facts?.calls[call];
		if (fact?.callee.k !== "member") return [];
		const span = { start: fact.calleeSpan.end - method.length, end: fact.calleeSpan.end };
		return [{ file, call, fact, method, span, receiver: fact.callee.of }];
	});
}

/** `await using db = postgres({…})`: closed at the end of its block. */
export function closesItself(linker: Linker, { file, fact }: Pick<Client, "file" | "fact">): boolean {
	return fact.sink.k === "variable" && linker.facts(file)?.bindings[fact.sink.binding]?.disposed === true;
}

/** Whether it closes a client that others go on using: one kept by a module, a global, a static or a library. */
export function closesSharedClient(model: FileModel, disconnect: Disconnect): boolean {
	const { file, fact, receiver } = disconnect;
	const facts = model.linker.facts(file);
	if (!facts) return false;
	if (takesOut(facts, fact.function)) return false;
	const values = model.linker.values(file, receiver, fact.function);
	return (
		values.length > 0 && values.every((value) => isShared(model, facts, file, fact.function, value) && !isRotated(model, disconnect, value))
	);
}

/** `cache.delete(id)` in the same function: nobody finds the client any more, so that closing it is right. */
function takesOut(facts: FileFacts, at: FunctionId): boolean {
	return (nameIndex(facts).calls.get("delete") ?? []).some((index) => {
		const call = facts.calls[index];
		const [key] = call?.args ?? [];
		return call?.function === at && key !== undefined && key.k !== "object";
	});
}

function isShared(model: FileModel, facts: FileFacts, file: string, at: FunctionId, value: Value): boolean {
	if (value.k === "global" || value.k === "external") return true;
	if (value.k === "product") return value.of.k === "external";
	const site = makingSite(value);
	const made = site && factOf(model.linker, site);
	if (!site || !made) return false;
	// A client made by the very function, or by one around it, is that function's own.
	if (site.file === file && made.function !== 0 && isWithin(facts, at, made.function)) return false;
	if (made.function === 0) return true;
	const client = model.clientsOf(site.file).find((candidate) => siteKey(candidate) === siteKey(site));
	return client?.origins.every((origin) => origin.kept || (origin.runs.k === "once" && !origin.handedOut)) ?? false;
}

function factOf(linker: Linker, { file, kind, id }: MakingSite): NewFact | CallFact | undefined {
	const facts = linker.facts(file);
	return kind === "new" ? facts?.news[id] : facts?.calls[id];
}

/** Whether a call runs however the work before it ends: in `finally`, or in what `.finally()` is given. */
export function runsFinally(facts: FileFacts, { fact }: Disconnect): boolean {
	if (fact.context.some((step) => step.k === "try" && step.part === "finally")) return true;
	for (let id: FunctionId | null = fact.function; id !== null && id !== 0; id = facts.functions[id]?.parent ?? null) {
		const sink: FileFacts["functions"][number]["sink"] | undefined = facts.functions[id]?.sink;
		const callee = sink?.k === "argument" ? facts.calls[sink.call]?.callee : undefined;
		if (callee?.k === "member" && (callee.name === "finally" || callee.name === "waitUntil")) return true;
	}
	// `.finally(prisma.$disconnect)` and `waitUntil(prisma.$disconnect())` hand it over.
	const { sink } = fact;
	const target = sink.k === "argument" ? facts.calls[sink.call]?.callee : undefined;
	return target?.k === "member" && target.name === "waitUntil";
}

/** Whether a file ends its process by itself. */
export function exitsProcess(facts: FileFacts): boolean {
	return (nameIndex(facts).calls.get("exit") ?? []).some((call) => {
		const callee = facts.calls[call]?.callee;
		return callee !== undefined && somePart(facts, callee, (part) => part.k === "global" && part.name === "process");
	});
}
