import type { FileFacts, FunctionId } from "../facts/index.js";
import type { Resolver } from "../resolve/index.js";
import { calleeName } from "../summaries/constants.js";
import { clientSitesIn } from "../summaries/creations.js";
import { Linker } from "../summaries/linker.js";
import { retention } from "../summaries/retention.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";
import type { SourceStore } from "./source-store.js";

/** A class or function of a file through which a client is made each time it is built or called. */
interface Carrier {
	readonly file: string;
	readonly name: string;
}

const MAX_CARRIERS = 2_000;

/**
 * Opens the files from which clients are made through classes and functions of other files: who builds `TenantController`, whose
 * services build clients. Only importers that speak of a carrier's name are read.
 */
export function openCarriers(store: SourceStore, resolver: Resolver, workspace: Workspace, imports: ImportGraph): void {
	const linker = new Linker(store, resolver);
	const seen = new Set<string>();
	const open: Carrier[] = [];
	const push = (carrier: Carrier | null): void => {
		if (!carrier || seen.size >= MAX_CARRIERS || seen.has(`${carrier.file}#${carrier.name}`)) return;
		seen.add(`${carrier.file}#${carrier.name}`);
		open.push(carrier);
	};
	for (const file of store.openedFiles) {
		const role = workspace.roleOf(file);
		if (role !== "app" && role !== "test") continue;
		const facts = store.facts(file);
		if (!facts) continue;
		for (const { fact } of clientSitesIn(linker, file, facts)) {
			if (isMadeAnew(linker, file, fact)) push(carrierAt(file, facts, fact.function));
		}
	}
	for (let carrier = open.pop(); carrier; carrier = open.pop()) {
		const facts = store.facts(carrier.file);
		if (facts) for (const owner of usersOf(linker, carrier.file, facts, carrier.name)) push(carrierAt(carrier.file, facts, owner));
		for (const importer of imports.importersOf(carrier.file)) openImporter(store, linker, workspace, imports, importer, carrier, push);
	}
}

function openImporter(
	store: SourceStore,
	linker: Linker,
	workspace: Workspace,
	imports: ImportGraph,
	importer: string,
	carrier: Carrier,
	push: (carrier: Carrier | null) => void,
): void {
	const role = workspace.roleOf(importer);
	if (role !== "app" && !(role === "test" && imports.text(importer)?.matters && store.mentions(importer, `${carrier.name}(`))) return;
	const isDefault = store.facts(carrier.file)?.exports.some((fact) => fact.name === "default" || fact.name === "export=") ?? false;
	if (!isDefault && !store.mentions(importer, carrier.name)) return;
	const facts = store.open(importer);
	if (!facts) return;
	if (facts.exports.some((fact) => fact.from && (fact.from.name === carrier.name || fact.from.name === "*")))
		push({ file: importer, name: carrier.name });
	const names = new Set([
		carrier.name,
		...facts.bindings
			.filter((binding) => binding.imported?.name === carrier.name || (isDefault && binding.imported?.name === "default"))
			.map((binding) => binding.name),
	]);
	for (const name of names) for (const owner of usersOf(linker, importer, facts, name)) push(carrierAt(importer, facts, owner));
}

function isMadeAnew(linker: Linker, file: string, fact: Parameters<typeof retention>[2]): boolean {
	const kept = retention(linker, file, fact);
	return fact.function !== 0 && (kept.k !== "kept" || kept.where === "instance");
}

/** Functions that call or build something of that name. */
function usersOf(linker: Linker, file: string, facts: FileFacts, name: string): FunctionId[] {
	return [...facts.calls, ...facts.news].flatMap((site) => {
		const isUse =
			calleeName(linker, file, site.callee) === name || (site.callee.k === "member" && calleeName(linker, file, site.callee.of) === name);
		return isUse && site.function !== 0 ? [site.function] : [];
	});
}

/** The class a function belongs to, or the outermost function around it. */
function carrierAt(file: string, facts: FileFacts, at: FunctionId): Carrier | null {
	let name: string | null = null;
	for (let id: FunctionId | null = at; id !== null && id !== 0; ) {
		const fact: FileFacts["functions"][number] | undefined = facts.functions[id];
		if (!fact) break;
		const owner = fact.classId === null ? null : (facts.classes[fact.classId]?.name ?? null);
		name = owner ?? functionName(facts, id) ?? name;
		id = fact.parent;
	}
	return name === null ? null : { file, name };
}

function functionName(facts: FileFacts, id: FunctionId): string | null {
	const fact = facts.functions[id];
	if (fact?.name) return fact.name;
	return fact?.sink.k === "variable" ? (facts.bindings[fact.sink.binding]?.name ?? null) : null;
}
