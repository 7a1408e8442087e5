import type { ConnectionSample } from "./connection-sample.js";
import type { Sample } from "./sample.js";

/** Open connections to all databases, as each view counts them; null where that view cannot be had for any endpoint. */
export interface ConnectionTotals {
	readonly process: number | null;
	readonly kernel: number | null;
}

export function databaseConnections(sample: Sample): ConnectionTotals {
	let process: number | null = null;
	let kernel: number | null = null;
	for (const connection of sample.connections) {
		if (connection.kind !== "database") continue;
		process = add(process, connection.process);
		kernel = add(kernel, connection.kernel);
	}
	return { process, kernel };
}

/** The view to show where there is room for one number: the kernel sees every socket, also those of the Rust engine. */
export function shownConnections({ kernel, process }: Pick<ConnectionSample, keyof ConnectionTotals>): number | null {
	return kernel ?? process;
}

/** Zero when no endpoint is open. */
export function openDatabaseConnections(sample: Sample): number {
	return shownConnections(databaseConnections(sample)) ?? 0;
}

function add(sum: number | null, count: number | null): number | null {
	return count === null ? sum : (sum ?? 0) + count;
}
