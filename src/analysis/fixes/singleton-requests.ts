import type { Model } from "../rules/index.js";
import { sharedFor } from "../rules/wording.js";
import type { ClientClass } from "../summaries/client-class.js";
import type { Client } from "../summaries/clients.js";
import { repeatsOf } from "../summaries/repeats.js";
import type { FixContext } from "./kind.js";
import { type Access, accessTo } from "./shared-access.js";
import { type FixedClass, Refusal, type SharedClient, type UseSingletonRequest } from "./types.js";

const CLIENT_MODULE = /(^|\/)(prisma|db|database|prisma[-_]?client)(\.server)?\.[mc]?[jt]s$/i;

/** Says what "Use singleton" needs to know about a client and the one to share, as the model has it. */
export class SingletonRequests {
	private readonly model: Model;

	constructor(private readonly context: FixContext) {
		this.model = context.model;
	}

	/** @throws a `Refusal` when this fix cannot replace the client. */
	for(client: Client): UseSingletonRequest {
		if (client.kind === "call")
			throw new Refusal("This client is made by a call, and this fix rewrites `new` only: import the shared client.");
		const shared = sharedFor(this.model, client);
		if (shared && !("fact" in shared)) {
			throw new Refusal(`The framework makes the client of ${shared.file}: ask for it in the constructor instead of making one.`);
		}
		const other = shared ?? this.#besideInFile(client) ?? this.#ofPackage(client);
		const target = other && this.#shared(other, other !== shared && other.file === client.file ? localName(this.model, other) : null);
		if (other && !target) {
			throw new Refusal(
				other.contained
					? `The client of ${other.file} is handed out by a container: take it from there instead of making one.`
					: `${other.file} hands its client out in no way that this fix can use.`,
			);
		}
		return this.#request(client, target);
	}

	/**
	 * Clients that nothing speaks against while they are alone, and that a new shared one would make a second of: they move to the
	 * new module with the client that is fixed.
	 */
	companions(client: Client): UseSingletonRequest[] {
		return this.#besides(client).map((other) => this.#request(other, null));
	}

	#request(client: Client, shared: SharedClient | null): UseSingletonRequest {
		return {
			file: client.file,
			text: this.context.text(client.file),
			newSpan: client.fact.span,
			package: client.package,
			client: this.#classOf(client.client),
			shared,
			workspace: this.context.workspace,
			settings: this.model.settings,
		};
	}

	#shared(client: Client, ownName: string | null): SharedClient | null {
		const text = this.context.text(client.file);
		const access: Access | null = ownName === null ? accessTo(this.model.linker, client, text) : { exportName: ownName, access: "value" };
		return access && { file: client.file, text, ...access, newSpan: client.fact.span, client: this.#classOf(client.client) };
	}

	/** A variable of the same module holds a client already. */
	#besideInFile(client: Client): Client | null {
		return this.#besides(client).find((other) => other.file === client.file && localName(this.model, other) !== null) ?? null;
	}

	/** Another program of the package has a module for its client: importing it makes one client in each program, too. */
	#ofPackage(client: Client): Client | null {
		const sameDatabase = this.model.clients.all.filter(
			(other) =>
				other !== client &&
				other.isApp &&
				other.package.dir === client.package.dir &&
				other.client.key === client.client.key &&
				other.database === client.database &&
				repeatsOf(other).length === 0 &&
				CLIENT_MODULE.test(other.file),
		);
		return sameDatabase.find((other) => this.#shared(other, null)) ?? null;
	}

	#besides(client: Client): Client[] {
		const grouped = new Set(this.model.clients.groups.flatMap(({ others }) => others));
		return this.model.clients.all.filter(
			(other) =>
				other !== client &&
				other.isApp &&
				other.client.key === client.client.key &&
				other.database === client.database &&
				!grouped.has(other) &&
				repeatsOf(other).length === 0 &&
				[...other.processes].some((process) => client.processes.has(process)),
		);
	}

	#classOf({ key, subclasses }: ClientClass): FixedClass {
		const [own] = subclasses;
		const facts = own && this.model.linker.facts(own.file)?.classes[own.id];
		if (!facts) return { key, subclass: null };
		const members = subclasses.flatMap(({ file, id }) => {
			const fact = this.model.linker.facts(file)?.classes[id];
			return [...(fact?.methods ?? []), ...(fact?.fields ?? [])].map(({ name }) => name);
		});
		return { key, subclass: { name: facts.name ?? "The class", members: members.filter((name) => name !== "constructor") } };
	}
}

/** The module-level variable that a client is declared in. */
function localName(model: Model, { file, fact }: Client): string | null {
	const binding = fact.sink.k === "variable" ? model.linker.facts(file)?.bindings[fact.sink.binding] : undefined;
	return binding && binding.owner === 0 && binding.kind === "const" ? binding.name : null;
}
