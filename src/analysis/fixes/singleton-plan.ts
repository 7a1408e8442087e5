import type { FileChange } from "../../protocol/index.js";
import { type Candidate, candidateOf, differenceTo, type Planned, planned, Sources } from "./candidate.js";
import { carriedBy } from "./carried.js";
import { type Home, heardBy, settleListeners } from "./client-listeners.js";
import { fileEdit } from "./edits.js";
import { type FilePlanned, planFile } from "./file-plan.js";
import type { Repair } from "./kind.js";
import { managerModule } from "./manager/manager-module.js";
import { classModule, refuseMockedOtherwise } from "./mocked-class.js";
import type { ModuleText } from "./module-parts.js";
import { isHotReloading, plainModule } from "./module-template.js";
import { placeModule } from "./placement.js";
import { Refusal, type RefusedRequest, type UseSingletonAll, type UseSingletonRequest } from "./types.js";

interface NewModule extends ModuleText {
	readonly path: string;
	readonly base: Candidate;
	/** Workspace files that it imports. */
	readonly imports: readonly string[];
	readonly home: Home;
}

/**
 * Points one client to the shared one, which is created when there is none. `companions` are clients that should move to a module
 * created here, and whose options it takes; those that cannot move stay as they are.
 * @throws a `Refusal` when a machine should leave that client alone
 */
export function planUseSingleton(request: UseSingletonRequest, companions: readonly UseSingletonRequest[] = []): Repair {
	const plan = new Plan();
	for (const each of [...companions, request]) plan.add(each);
	plan.throwIfRefused(request);
	const repair = plan.finish();
	plan.throwIfRefused(request);
	if (!repair) throw new Refusal("There is nothing to change.");
	return repair;
}

/**
 * One change set for many clients. Without a person to read notes, clients that would lose options other than pool numbers are refused.
 */
export function planUseSingletonAll(
	requests: readonly UseSingletonRequest[],
	companions: readonly UseSingletonRequest[] = [],
): UseSingletonAll {
	const plan = new Plan(true);
	for (const request of [...companions, ...requests]) plan.add(request);
	const repair = plan.finish();
	return { repair, refused: plan.refused };
}

class Plan {
	readonly refused: RefusedRequest[] = [];
	readonly #sources = new Sources();
	readonly #planned: FilePlanned[] = [];
	/** Spellings of the listeners that each shared client has, by its file. */
	readonly #heard = new Map<string, Set<string>>();
	/** By package and client class. */
	readonly #modules = new Map<string, NewModule>();

	constructor(private readonly unattended = false) {}

	add(request: UseSingletonRequest): void {
		this.#orRefuse([request], () => {
			const candidate = candidateOf(request, this.#sources);
			const client = request.shared ? planned(candidate, request.shared, this.#sources) : this.#toNewModule(candidate);
			if (this.unattended && client.losesOptions) throw new Refusal(client.notes.join(" "));
			this.#requireMocked(client);
			this.#planned.push(this.#withListeners(client));
		});
	}

	throwIfRefused(request: UseSingletonRequest): void {
		const refused = this.refused.find((refusal) => refusal.request === request);
		if (refused) throw new Refusal(refused.reason);
	}

	finish(): Repair | null {
		const changes: FileChange[] = [];
		const done: FilePlanned[] = [];
		for (const clients of groupByFile(this.#withoutMixed())) {
			this.#orRefuse(
				clients.map(({ request }) => request),
				() => {
					const [first] = clients;
					const edits = planFile(clients, this.#isNew(first?.target.file ?? ""));
					if (first && edits.length > 0) changes.push(fileEdit(first.source.path, first.source.text, edits));
					done.push(...clients);
				},
			);
		}
		const created = [...this.#modules.values()].filter(({ path }) => done.some(({ target }) => target.file === path));
		if (changes.length === 0) return null;
		return {
			title: titleOf(done, created),
			changes: [...created.map(({ path, text }): FileChange => ({ kind: "create", file: path, text })), ...changes],
			notes: [...new Set([...created, ...done].flatMap(({ notes }) => notes))],
		};
	}

	/** The clients of one file go to one shared client at a time: a second import is planned when the first is in place. */
	#withoutMixed(): FilePlanned[] {
		return this.#planned.filter((client) => {
			const first = this.#planned.find(({ request }) => request.file === client.request.file);
			const isSame = first?.target.file === client.target.file && first.target.exportName === client.target.exportName;
			if (!isSame)
				this.refused.push({ request: client.request, reason: "Another client of this file uses another shared one; fix that first." });
			return isSame;
		});
	}

	/** Its listeners go on to the client that stays, each once. */
	#withListeners(client: Planned): FilePlanned {
		const { listeners, home, target } = client;
		if (listeners.length === 0) return { ...client, doubles: [] };
		if (!home) throw new Refusal(`What the log of the client in ${target.file} emits cannot be told, and this client listens to it.`);
		const heard = this.#heard.get(target.file) ?? (this.#isNew(home.file) ? new Set<string>() : heardBy(home));
		this.#heard.set(target.file, heard);
		const { doubles, notes } = settleListeners(client.source, listeners, home, heard);
		return { ...client, doubles, notes: [...client.notes, ...notes] };
	}

	#requireMocked({ source, place, request, target, home }: Planned): void {
		const module = home && classModule(home.source, home.place, request.workspace);
		refuseMockedOtherwise(source, place, { file: target.file, text: home?.source.text ?? "", classModule: module }, request);
	}

	#toNewModule(candidate: Candidate): Planned {
		const key = `${candidate.request.package.dir}\n${candidate.request.client.key}`;
		const known = this.#modules.get(key);
		const module = known ?? this.#newModule(candidate);
		const looping = module.imports.find(
			(file) => file === candidate.request.file || candidate.request.workspace.reaches(file, candidate.request.file),
		);
		if (looping !== undefined) throw new Refusal(`${module.path} would import ${looping}, which imports this file: an import cycle.`);
		const difference = known ? differenceTo(candidate, known.base.options, module.path) : { notes: [], losesOptions: false };
		this.#modules.set(key, module);
		return { ...candidate, target: { file: module.path, exportName: "prisma", access: "value" }, ...difference, home: module.home };
	}

	#newModule(candidate: Candidate): NewModule {
		const { request, source, style, place } = candidate;
		const carried = carriedBy(source, place);
		const path = placeModule(request.file, request.package, request.workspace);
		const imports = carried.imports.flatMap(({ specifier }) => request.workspace.resolveImport(request.file, specifier) ?? []);
		const parts = { path, source, style, place, carried, package: request.package, settings: request.settings };
		const isManaged = request.settings.singletonStyle === "manager";
		const written = isManaged ? managerModule(parts) : plainModule(parts);
		const home = { file: path, source, place, isStatic: !isManaged && !isHotReloading(request.package) };
		return { path, ...written, base: candidate, imports, home };
	}

	#isNew(path: string): boolean {
		return [...this.#modules.values()].some((module) => module.path === path);
	}

	#orRefuse(requests: readonly UseSingletonRequest[], step: () => void): void {
		try {
			step();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			for (const request of requests) this.refused.push({ request, reason: error.message });
		}
	}
}

/** Clients of one file that use the same shared client are planned together, so that they share one import. */
function groupByFile(clients: readonly FilePlanned[]): FilePlanned[][] {
	const groups = new Map<string, FilePlanned[]>();
	for (const client of clients) {
		const group = groups.get(client.request.file);
		if (!group) groups.set(client.request.file, [client]);
		else group.push(client);
	}
	return [...groups.values()];
}

function titleOf(clients: readonly Planned[], created: readonly NewModule[]): string {
	const [module, ...moreModules] = created;
	const files = new Set(clients.map(({ target }) => target.file));
	if (module && moreModules.length === 0 && files.size === 1) return `Create ${module.path} and use singleton`;
	const [file] = files;
	return files.size === 1 && file !== undefined ? `Use singleton from ${file}` : `Use singleton for ${clients.length} clients`;
}
