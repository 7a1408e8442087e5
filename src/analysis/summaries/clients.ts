import type { FileFacts } from "../facts/index.js";
import { Table } from "../incremental/index.js";
import type { ImportGraph } from "../project/import-graph.js";
import type { Package, Workspace } from "../workspace/types.js";
import { type BareGroup, groupBareProviders } from "./bare-providers.js";
import type { Creation, Creations } from "./creations.js";
import { databaseOf, databaseOfClass } from "./database.js";
import { ExportedClients } from "./exported-clients.js";
import type { Linker } from "./linker.js";
import { processesOf, shareProcess } from "./processes.js";
import { joinProviders, type ModuleProviders, type ProvidableClass, type ProvidedClass, ProvidedFinder } from "./provided.js";
import { schemaOf } from "./schema-of.js";
import { groupServices, type ServiceGroup } from "./service-groups.js";

/** A client as rules see it: where it is made, how often, for which database, in which processes. */
export type Client = Creation & {
	readonly package: Package;
	/** Whether it runs in production: seeds, scripts, tests and the like do not. */
	readonly isApp: boolean;
	/** Which database it talks to, as far as the source says: null when it depends on a parameter (a client per tenant). */
	readonly database: string | null;
	/** What its class is generated from: two with the same are clients of one database, wherever they are imported from. */
	readonly schema: string;
	/** Programs it is part of, named by their entry file or package. */
	readonly processes: ReadonlySet<string>;
	/** Whether it is made for a runtime that keeps no connections from one request to the next, such as a Worker's. */
	readonly isOnEdge: boolean;
};

export interface Clients {
	readonly all: readonly Client[];
	/** Clients that share a process and a database, the shared one first where there is one. Only groups of two and more. */
	readonly groups: readonly ClientGroup[];
	/** Client classes that a framework's container builds. */
	readonly provided: readonly ProvidedService[];
	/** Those that could be one: the class others should use, and what else extends the same client for the same database. */
	readonly serviceGroups: readonly ServiceGroup[];
	/** Modules that have a container build the generated class itself, several in one process or one beside a service. */
	readonly bareGroups: readonly BareGroup[];
	/** The client made to be shared that lives in the same process and on the same database as `client`; null when there is none. */
	sharedBeside(client: Client): Client | ProvidedService | null;
	/** Whether the client is made to be shared: exported, kept, and imported by others or in a module of that name. */
	isShareable(client: Client): boolean;
}

export interface ProvidedService extends ProvidedClass {
	/** As of a client. */
	readonly database: string | null;
	readonly schema: string;
	readonly processes: ReadonlySet<string>;
}

export interface ClientGroup {
	/** The client the others should use; null when none of them is made to be shared. */
	readonly shared: Client | ProvidedService | null;
	/** Clients of the group beside the shared one. */
	readonly others: readonly Client[];
	/** Clients in all, the shared one among them. */
	readonly size: number;
}

/** The group's clients, the shared one first where it is made in this workspace's code. */
export function membersOf({ shared, others }: ClientGroup): readonly Client[] {
	return shared !== null && "fact" in shared ? [shared, ...others] : others;
}

/** Clients, client classes and modules, in the order of their files. */
export interface FoundClients {
	readonly made: readonly Client[];
	readonly classes: readonly ProvidableClass[];
	readonly modules: readonly ModuleProviders[];
}

/** Finds the clients of the workspace, and groups those that live side by side. */
export class ClientFinder {
	readonly #clients: Table<string, readonly Client[]>;
	readonly #services: ProvidedFinder;
	readonly #exported: ExportedClients;

	constructor(
		private readonly linker: Linker,
		private readonly workspace: Workspace,
		private readonly imports: ImportGraph,
		private readonly creations: Creations,
	) {
		this.#clients = new Table(linker.derivations);
		this.#services = new ProvidedFinder(linker);
		this.#exported = new ExportedClients(linker);
	}

	/** The clients that one file makes. */
	of(file: string): readonly Client[] {
		return this.#clients.get(file, () => this.creations.of(file).map((creation) => this.#client(creation)));
	}

	/** What files make and provide, before it is looked at side by side. */
	in(files: readonly string[]): FoundClients {
		const classes = files.flatMap((file) => this.#services.classesIn(file));
		const modules = files.flatMap((file) => this.#services.modulesIn(file));
		return { made: files.flatMap((file) => this.of(file)), classes, modules };
	}

	/** Groups what was found. */
	group({ made: all, classes, modules }: FoundClients): Clients {
		const { linker, workspace, imports } = this;
		const exported = this.#exported;
		const shareable = all.filter((client) => client.isApp && livesOn(client) && sharedScore(exported, imports, client) >= MIN_SHARED_SCORE);
		const provided = joinProviders(classes, modules)
			.filter((service) => workspace.roleOf(service.file) === "app")
			.map(
				(service): ProvidedService => ({
					...service,
					database: databaseOfClass(linker, service.file, service.classId),
					schema: schemaOf(workspace, workspace.packageOf(service.file), service.client),
					processes: processesOf(workspace, imports, [service.file]),
				}),
			);
		return {
			all,
			provided,
			serviceGroups: groupServices(provided),
			bareGroups: groupBareProviders(workspace, imports, modules, provided),
			groups: groupClients(exported, imports, all, provided),
			isShareable: (client) => shareable.includes(client),
			sharedBeside: (client) =>
				serviceFor(provided, client) ??
				shareable.find((other) => other !== client && other.schema === client.schema && isBeside(other, client)) ??
				null,
		};
	}

	#client(creation: Creation): Client {
		const { workspace, imports } = this;
		const isApp = workspace.roleOf(creation.file) === "app";
		const pkg = workspace.packageOf(creation.file);
		return {
			...creation,
			package: pkg,
			isApp,
			database: databaseOf(this.linker, creation),
			schema: schemaOf(workspace, pkg, creation.client),
			isOnEdge: pkg.frameworks.has("workers") || importsEdgeClient(this.linker.facts(creation.file)),
			processes: isApp
				? processesOf(workspace, imports, [creation.file, ...creation.origins.map((origin) => origin.site.file)])
				: new Set(),
		};
	}
}

/** Prisma's own build for edge runtimes: `@prisma/client/edge`, `../generated/client/wasm`. */
function importsEdgeClient(facts: FileFacts | undefined): boolean {
	return facts?.imports.some(({ specifier }) => /\/(edge|wasm)$/.test(specifier)) ?? false;
}

function groupClients(
	exported: ExportedClients,
	imports: ImportGraph,
	all: readonly Client[],
	provided: readonly ProvidedService[],
): ClientGroup[] {
	const candidates = onePerSlot(
		all.filter((client) => client.isApp && !client.overwrites && !client.replaces && client.database !== null && livesOn(client)),
	);
	const groups: Client[][] = [];
	for (const client of candidates) {
		const group = groups.find((members) => members.some((member) => together(member, client)));
		if (group) group.push(client);
		else groups.push([client]);
	}
	return groups.map((members) => groupOf(exported, imports, members, provided)).filter(({ size }) => size > 1);
}

function groupOf(
	exported: ExportedClients,
	imports: ImportGraph,
	members: readonly Client[],
	provided: readonly ProvidedService[],
): ClientGroup {
	const [first] = members;
	const service = first ? serviceFor(provided, first) : null;
	if (service) return { shared: service, others: members, size: members.length + 1 };
	const shared = sharedOf(exported, imports, members);
	return { shared, others: members.filter((member) => member !== shared), size: members.length };
}

/** A framework's service is the client to share wherever there is one. */
function serviceFor(provided: readonly ProvidedService[], client: Client): ProvidedService | null {
	return (
		provided.find((service) => service.schema === client.schema && client.database === "default" && shareProcess(service, client)) ?? null
	);
}

function isBeside(a: Client, b: Client): boolean {
	return a.database === b.database && shareProcess(a, b);
}

/** Made once and kept for the life of the process, as opposed to made anew again and again. */
export function livesOn(client: Client): boolean {
	return client.origins.some((origin) => origin.runs.k === "once" && !origin.handedOut);
}

function together(a: Client, b: Client): boolean {
	if (a.schema !== b.schema) return false;
	if (a.retention.k === "kept" && b.retention.k === "kept" && a.retention.where === "global" && b.retention.where === "global")
		return false;
	return isBeside(a, b);
}

/** The branches of one condition, or several tries at filling one place, make one client (FORMS.md, quiet 6): the one with a name. */
export function onePerSlot(clients: readonly Client[]): Client[] {
	const kept: Client[] = [];
	for (const client of clients) {
		const index = kept.findIndex((other) => other.file === client.file && sameSlot(other, client));
		const other = kept[index];
		if (!other) kept.push(client);
		else if (variableOf(other) === null && variableOf(client) !== null) kept[index] = client;
	}
	return kept;
}

function sameSlot(a: Client, b: Client): boolean {
	const slot = variableOf(a);
	return (slot !== null && slot === variableOf(b)) || guardSamePlace(a, b) || areAlternatives(a, b);
}

/** `if (!global.db) global.db = new X()` and, further down, `const db = global.db ?? new X()`; a cache holds many. */
function guardSamePlace({ retention: a }: Client, { retention: b }: Client): boolean {
	return a.k === "kept" && b.k === "kept" && a.where !== "cache" && a.slot !== null && a.slot === b.slot;
}

function variableOf({ fact }: Client): number | null {
	if (fact.sink.k === "variable") return fact.sink.binding;
	return fact.sink.k === "assign" && fact.sink.target.k === "binding" ? fact.sink.target.id : null;
}

/** Whether they stand in different branches of the same `if` or `?:`. */
function areAlternatives(a: Client, b: Client): boolean {
	return a.fact.context.some(
		(step) =>
			step.k === "branch" &&
			b.fact.context.some(
				(other) => other.k === "branch" && other.span.start === step.span.start && (other.negated !== step.negated || step.op === "switch"),
			),
	);
}

const MIN_SHARED_SCORE = 4;
const SHARED_FILE =
	/(^|\/)(_?prisma|db|database|client|prisma[-_.]?client|connection|data-?source|orm)([-_.](client|server|service|connection|config))?(\/(src|lib))?(\/index)?\.[mc]?[jt]sx?$|(prisma|database)[-_.\w]*(manager|service|provider)/i;

/** The client that is made to be shared: exported from a module of its own, guarded, and imported by others. */
function sharedOf(exported: ExportedClients, imports: ImportGraph, members: readonly Client[]): Client | null {
	const ranked = members
		.map((client) => ({ client, score: sharedScore(exported, imports, client) }))
		.sort((a, b) => b.score - a.score || compare(a.client.file, b.client.file));
	const [best] = ranked;
	return best && best.score >= MIN_SHARED_SCORE ? best.client : null;
}

function sharedScore(exported: ExportedClients, imports: ImportGraph, client: Client): number {
	const contained = client.contained ? MIN_SHARED_SCORE : 0;
	if (!exported.has(client)) return contained;
	const guarded = client.retention.k === "kept" && client.retention.where !== "cache" ? 3 : 0;
	const named = SHARED_FILE.test(client.file) ? 3 : 0;
	return contained + 1 + guarded + named + Math.min(4, imports.importersOf(client.file).length);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
