import type { Model } from "../rules/types.js";
import { type Client, onePerSlot } from "../summaries/clients.js";
import { shareProcess } from "../summaries/processes.js";

/**
 * The clients of a package that run in one process with `client`, itself among them, in path order. The branches of one condition make
 * one, and the client in question stands for its branches.
 */
export function siblingsOf({ clients }: Model, client: Client): readonly Client[] {
	const beside = clients.all.filter(
		(other) => other.isApp && other.package.dir === client.package.dir && (other === client || shareProcess(other, client)),
	);
	const inFile = beside.filter((other) => other.file === client.file && other !== client);
	const own = inFile.filter((other) => onePerSlot([client, other]).length === 1);
	return onePerFileSlot(beside.filter((other) => !own.includes(other)));
}

/** Slots are a file's own, so that files need not be compared with each other. */
function onePerFileSlot(clients: readonly Client[]): readonly Client[] {
	const byFile = new Map<string, Client[]>();
	for (const client of clients) {
		const list = byFile.get(client.file);
		if (list) list.push(client);
		else byFile.set(client.file, [client]);
	}
	return [...byFile.values()].flatMap(onePerSlot);
}
