import { l10n } from "vscode";
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
	return processes.length > 1 || first === undefined ? consentForSeveral(processes, platform) : consentForOne(first, platform);
}

function consentForOne(process: Pick<NodeProcess, "title" | "pid">, platform: NodeJS.Platform): Consent {
	return {
		message: l10n.t("Open the inspector of {0}?", targetName(process)),
		detail: [
			l10n.t("The monitor reads memory through Node's inspector, and this process has none open."),
			platform === "win32"
				? l10n.t(
						"Node's own debug request makes it listen on 127.0.0.1, on this machine only. The process is neither restarted nor stopped.",
					)
				: l10n.t("The signal SIGUSR1 makes it listen on 127.0.0.1, on this machine only. The process is neither restarted nor stopped."),
			whileOpen(),
		].join("\n\n"),
		confirm: l10n.t("Open Inspector and Attach"),
	};
}

function consentForSeveral(processes: readonly Pick<NodeProcess, "title" | "pid">[], platform: NodeJS.Platform): Consent {
	return {
		message: l10n.t("Open the inspectors of {0} processes?", processes.length),
		detail: [
			processes.map(targetName).join(", "),
			l10n.t("The monitor reads memory through Node's inspector, and these processes have none open."),
			platform === "win32"
				? l10n.t(
						"Node's own debug request makes each of them listen on 127.0.0.1, on this machine only. No process is restarted or stopped.",
					)
				: l10n.t("The signal SIGUSR1 makes each of them listen on 127.0.0.1, on this machine only. No process is restarted or stopped."),
			whileOpen(),
		].join("\n\n"),
		confirm: l10n.t("Open Inspectors and Attach"),
	};
}

function whileOpen(): string {
	return l10n.t(
		"While the inspector is open, other programs of this machine can run code in the process. It is closed again when you detach. When the process is restarted, the new one is treated the same.",
	);
}
