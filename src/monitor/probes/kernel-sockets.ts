import { ProcessFiles } from "../procfs/process-files.js";
import { outgoingPorts, parseSocketTable } from "../procfs/socket-table.js";

/** The kernel's view of one process's connections (Linux). It sees native engines and sockets that Node does not list. */
export class KernelSockets {
	constructor(
		private readonly pid: number,
		private readonly files = new ProcessFiles(),
	) {}

	/** Local ports of established outgoing connections per remote endpoint; null when the kernel does not show them. */
	outgoing(): Map<string, number[]> | null {
		const inodes = this.files.socketInodes(this.pid);
		const tables = this.files.socketTables(this.pid);
		return inodes === null || tables === null ? null : outgoingPorts(parseSocketTable(tables), inodes);
	}
}
