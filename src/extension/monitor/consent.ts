import { type NodeProcess, targetName } from "../../protocol/index.js";

export interface Consent {
	readonly message: string;
	readonly detail: string;
	readonly confirm: string;
}

/**
 * What is asked before an inspector is opened in processes that have none.
 * @param processes at least one
 */
export function consentFor(processes: readonly Pick<NodeProcess, "title" | "pid">[], platform: NodeJS.Platform): Consent {
	const [first] = processes;
	const several = processes.length > 1 || first === undefined;
	const means = platform === "win32" ? "Node's own debug request" : "the signal SIGUSR1";
	return {
		message: several ? `Open the inspectors of ${processes.length} processes?` : `Open the inspector of ${targetName(first)}?`,
		detail: [
			...(several ? [processes.map(targetName).join(", ")] : []),
			`The monitor reads memory through Node's inspector, and ${several ? "these processes have" : "this process has"} none open. ${means.replace(/^./, (first) => first.toUpperCase())} makes ${several ? "each of them" : "it"} listen on 127.0.0.1, on this machine only. ${several ? "No process is" : "The process is neither"} restarted ${several ? "or" : "nor"} stopped.`,
			"While the inspector is open, other programs of this machine can run code in the process. It is closed again when you detach. When the process is restarted, the new one is treated the same.",
		].join("\n\n"),
		confirm: several ? "Open Inspectors and Attach" : "Open Inspector and Attach",
	};
}
