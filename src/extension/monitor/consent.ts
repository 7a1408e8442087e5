import type { NodeProcess } from "../../protocol/index.js";

export interface Consent {
	readonly message: string;
	readonly detail: string;
	readonly confirm: string;
}

/** What is asked before an inspector is opened in a process that has none. */
export function consentFor(process: NodeProcess, platform: NodeJS.Platform): Consent {
	const means = platform === "win32" ? "Node's own debug request" : "the signal SIGUSR1";
	return {
		message: `Open the inspector of ${process.title} (pid ${process.pid})?`,
		detail: [
			`The monitor reads memory through Node's inspector, and this process has none open. ${means.replace(/^./, (first) => first.toUpperCase())} makes it listen on 127.0.0.1, on this machine only. The process is neither restarted nor stopped.`,
			"While the inspector is open, other programs of this machine can run code in the process. It is closed again when you detach. When the process is restarted, the new one is treated the same.",
		].join("\n\n"),
		confirm: "Open Inspector and Attach",
	};
}
