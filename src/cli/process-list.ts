import { createProcessLister } from "../monitor/index.js";
import type { NodeProcess } from "../protocol/index.js";

/** The Node processes that could be watched, in words: a head and a line for each, the youngest first. */
export async function processList(): Promise<string> {
	try {
		const others = (await createProcessLister().list()).filter(({ pid }) => pid !== process.pid);
		if (others.length === 0) return "No other Node process runs here.";
		return ["These Node processes run here:", ...processLines(others)].join("\n");
	} catch (error) {
		return `Those that run here could not be listed: ${error instanceof Error ? error.message : String(error)}`;
	}
}

export function processLines(processes: readonly NodeProcess[]): readonly string[] {
	const sorted = [...processes].sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
	const titleWidth = Math.max(...sorted.map(({ title }) => title.length));
	return sorted.map(({ pid, title, cwd, ...rest }) =>
		[String(pid).padStart(9), title.padEnd(titleWidth), cwd ?? "", note(rest)].join("  ").trimEnd(),
	);
}

function note({ inspector, openable }: Pick<NodeProcess, "inspector" | "openable">): string {
	if (inspector.kind === "open") return `inspector on ${inspector.host}:${inspector.port}`;
	return openable.ok ? "" : openable.reason;
}
