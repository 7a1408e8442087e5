import type { CallFact, Expr } from "../facts/index.js";
import { calleeName, environmentOf, evaluate } from "./constants.js";
import type { Linker } from "./linker.js";
import { HTTP, MAIL, PROCESS, REMOTE, serviceOf, TIMER, type WaitsFor } from "./transaction-services.js";
import type { Value } from "./values.js";

/** What a call makes its caller wait for. `blocks`: it holds the whole process up, awaited or not. */
export interface Wait {
	readonly waitsFor: WaitsFor;
	readonly blocks: boolean;
}

const MAX_DEPTH = 8;
/** Exports of SDKs that compute and answer at once, also where somebody awaits them. */
const COMPUTES =
	/^(is|to|parse|format|encode|decode|hash|keccak|recover|verify|get(Address|Contract|SignedUrl)|constructEvent|define|create|build|render|serialize|deserialize)([A-Z0-9]|$)|Error$/;
const BLOCKS = /^(execSync|execFileSync|spawnSync)$/;
/** Starting a child process, feeding a stream and listening are quick; waiting for them shows elsewhere. */
const STARTS = /^(spawn|fork|write|end|pipe|on|once)$/;
const SLEEPS = /^(sleep|delay|wait|pause)(For|Ms|Millis|Seconds)?$/i;
const SENDS_MAIL = /^(send|deliver)(\w*?)(E?-?[Mm]ail|Sms|SMS|WhatsApp)([A-Z]|$)/;
const GLOBAL_FETCH = /^((globalThis|window|self)\.)?\$?fetch$/;
/** Reads the body of an answer that was already waited for. */
const BODY = /^(json|text|arrayBuffer|blob|formData|buffer|bytes)$/;
/** Options that give an object of an unlisted package the keys of a remote service. */
const CREDENTIAL =
	/^(api|secret|public|private|access|auth|client)?[-_]?(key|token|secret|credentials?)(id)?$|apikey|accesstoken|secretkey|clientsecret/i;
const CREDENTIAL_VARIABLE = /(KEY|TOKEN|SECRET|CREDENTIALS?)$/;

/** What awaiting a call waits for; null for calls that are quick or not known. */
export function waitOf(linker: Linker, file: string, call: CallFact): Wait | null {
	const name = calleeName(linker, file, call.callee);
	if (name === null || readsBody(call.callee)) return null;
	const values = linker.values(file, call.callee, call.function);
	for (const value of values) {
		const waitsFor = serviceOfValue(linker, value, name);
		if (waitsFor) return { waitsFor, blocks: waitsFor === PROCESS && BLOCKS.test(name) };
	}
	const promisified = promisifiedBy(linker, file, call);
	if (promisified) return promisified;
	return values.some((value) => value.k === "function") ? null : byName(linker, file, call.callee, name);
}

/** `await new Promise((resolve) => setTimeout(resolve, 500))`: a timer that settles the promise after some time. */
export function sleeps(linker: Linker, file: string, call: CallFact): boolean {
	if (call.callee.k !== "global" || call.callee.name !== "setTimeout") return false;
	const [callback, delay] = call.args;
	const [resolve] = linker.facts(file)?.functions[call.function]?.params ?? [];
	if (resolve === undefined || !callback || !delay) return false;
	const isInstant = evaluate(linker, file, delay, call.function).some(({ value }) => typeof value === "number" && value <= 1);
	return !isInstant && settlesWith(linker, file, callback, resolve);
}

function settlesWith(linker: Linker, file: string, callback: Expr, resolve: number): boolean {
	if (callback.k === "binding") return callback.id === resolve;
	if (callback.k !== "function") return false;
	const calls = linker.facts(file)?.calls ?? [];
	return calls.some((call) => call.function === callback.id && call.callee.k === "binding" && call.callee.id === resolve);
}

function readsBody(callee: Expr): boolean {
	return callee.k === "member" && BODY.test(callee.name ?? "") && callee.of.k === "binding";
}

function serviceOfValue(linker: Linker, value: Value, name: string): WaitsFor | null {
	if (value.k === "global") {
		const path = value.path.join(".");
		return GLOBAL_FETCH.test(path) ? HTTP : path === "Bun.sleep" ? TIMER : null;
	}
	const source = sourceOf(value);
	if (!source || (value.k === "external" && COMPUTES.test(name)) || STARTS.test(name)) return null;
	const { origin, path, built } = source;
	const isSync = origin.name === "fs" || origin.name === "http" || origin.name === "https";
	const listed = serviceOf(origin.name, origin.subpath, path);
	if (listed) return isSync && origin.subpath === "" && path[0] !== "promises" ? null : listed;
	return built && !origin.name.startsWith("@prisma/") && takesCredentials(linker, built) ? REMOTE : null;
}

interface Source {
	readonly origin: { readonly name: string; readonly subpath: string };
	readonly path: readonly string[];
	/** The `new` that built the object whose method it is. */
	readonly built: { readonly file: string; readonly id: number } | null;
}

/** The package a value comes from, through what was built, called and taken from it. */
function sourceOf(value: Value): Source | null {
	let built: Source["built"] = null;
	let at = value;
	for (let depth = 0; depth < MAX_DEPTH; depth++) {
		if (at.k === "external") return at.origin.k === "package" ? { origin: at.origin, path: at.path, built } : null;
		if (at.k !== "instance" && at.k !== "product") return null;
		if (at.k === "instance") built = at.id === null ? null : { file: at.file, id: at.id };
		at = at.of;
	}
	return null;
}

function takesCredentials(linker: Linker, { file, id }: { readonly file: string; readonly id: number }): boolean {
	return (linker.facts(file)?.news[id]?.args ?? []).some((argument) => {
		if (argument.k === "object") return argument.entries.some((entry) => CREDENTIAL.test(entry.key));
		return CREDENTIAL_VARIABLE.test(environmentOf(linker, file, argument) ?? "");
	});
}

/** `const run = promisify(exec)`. */
function promisifiedBy(linker: Linker, file: string, call: CallFact): Wait | null {
	if (call.callee.k !== "binding") return null;
	const init = linker.facts(file)?.bindings[call.callee.id]?.init;
	const made = init?.k === "call" ? linker.facts(file)?.calls[init.id] : undefined;
	const [inner] = made?.args ?? [];
	if (!made || !inner || calleeName(linker, file, made.callee) !== "promisify") return null;
	for (const value of linker.values(file, inner, made.function)) {
		const source = sourceOf(value);
		const waitsFor =
			source && serviceOf(source.origin.name, source.origin.subpath || (source.origin.name === "fs" ? "promises" : ""), source.path);
		if (waitsFor) return { waitsFor, blocks: false };
	}
	return null;
}

/** Names that say it all, where the function itself cannot be found. */
function byName(linker: Linker, file: string, callee: Expr, name: string): Wait | null {
	const isImported = callee.k === "binding" && linker.facts(file)?.bindings[callee.id]?.imported !== undefined;
	if (isImported && SLEEPS.test(name)) return { waitsFor: TIMER, blocks: false };
	return SENDS_MAIL.test(name) && (isImported || callee.k === "member") ? { waitsFor: MAIL, blocks: false } : null;
}
