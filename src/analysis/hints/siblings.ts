import type { Model } from "../rules/types.js";
import { type Client, onePerSlot } from "../summaries/clients.js";
import { shareProcess } from "../summaries/processes.js";
import { repeatsOf } from "../summaries/repeats.js";

/** Which clients live beside each other. Asked of many clients of one model, it works out each neighbourhood once. */
export class Siblings {
	readonly #model: Model;
	readonly #known = new Map<string, readonly Client[]>();
	readonly #repeated = new Map<string, number>();

	constructor(model: Model) {
		this.#model = model;
	}

	/**
	 * The clients of a package that run in one process with `client`, itself among them, in path order. The branches of one condition
	 * make one, and the client in question stands for its branches.
	 */
	of(client: Client): readonly Client[] {
		const key = this.keyOf(client);
		let siblings = this.#known.get(key);
		if (siblings === undefined) {
			siblings = this.#find(client);
			this.#known.set(key, siblings);
		}
		if (siblings.includes(client)) return siblings;
		const slot = siblings.find((other) => other.file === client.file && onePerSlot([other, client]).length === 1);
		return siblings.map((other) => (other === slot ? client : other));
	}

	/** How many of a client's siblings, itself among them, are made again and again. */
	repeatedOf(client: Client): number {
		const key = this.keyOf(client);
		let repeated = this.#repeated.get(key);
		if (repeated === undefined) {
			repeated = this.of(client).filter((sibling) => repeatsOf(sibling).length > 0).length;
			this.#repeated.set(key, repeated);
		}
		return repeated;
	}

	/** The same for clients with the same siblings. */
	keyOf({ package: { dir }, processes }: Client): string {
		return [dir, ...processes].join("\n");
	}

	#find(client: Client): readonly Client[] {
		const beside = this.#model.clients.all.filter(
			(other) => other.isApp && other.package.dir === client.package.dir && (other === client || shareProcess(other, client)),
		);
		const byFile = new Map<string, Client[]>();
		for (const other of beside) {
			const list = byFile.get(other.file);
			if (list) list.push(other);
			else byFile.set(other.file, [other]);
		}
		return [...byFile.values()].flatMap(onePerSlot);
	}
}
