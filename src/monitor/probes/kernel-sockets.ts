import { ProcessFiles } from "../procfs/process-files.js";
import { countOutgoing, parseSocketTable } from "../procfs/socket-table.js";

/** The kernel's view of one process's connections (Linux). It sees native engines and sockets that Node does not list. */
export class KernelSockets {
	constructor(
		private readonly pid: number,
		private readonly files = new ProcessFiles(),
	) {}

	/** Established outgoing connections per remote endpoint; null when the kernel does not show them. */
	countOutgoing(): Map<string, number> | null {
		const inodes = this.files.socketInodes(this.pid);
		const tables = this.files.socketTables(this.pid);
		return inodes === null || tables === null ? null : countOutgoing(parseSocketTable(tables), inodes);
	}
}
