import type { ProvidedService } from "./clients.js";
import { shareProcess } from "./processes.js";

export interface ServiceGroup {
	/** The service that is there for the client alone; null when each has other work to do. */
	readonly shared: ProvidedService | null;
	readonly others: readonly ProvidedService[];
}

const CLIENT_SERVICE = /prisma|database|connection|^db|^orm/i;

/** `class RoomsService extends PrismaClient` beside `class PrismaService extends PrismaClient`: each is a client with a pool. */
export function groupServices(provided: readonly ProvidedService[]): ServiceGroup[] {
	const groups: ProvidedService[][] = [];
	for (const service of provided) {
		if (service.database === null || service.scope !== null) continue;
		const group = groups.find(([first]) => first !== undefined && areOneDatabase(first, service));
		if (group) group.push(service);
		else groups.push([service]);
	}
	return groups
		.filter((members) => members.length > 1)
		.map((members) => {
			const shared = members.find(({ name }) => CLIENT_SERVICE.test(name)) ?? null;
			return { shared, others: members.filter((member) => member !== shared) };
		});
}

function areOneDatabase(a: ProvidedService, b: ProvidedService): boolean {
	return a.schema === b.schema && a.database === b.database && shareProcess(a, b);
}
