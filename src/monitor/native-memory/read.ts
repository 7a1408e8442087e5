import { readFile } from "node:fs/promises";
import type { NativeMemoryOutcome } from "../../protocol/index.js";
import { parseSmaps } from "../procfs/smaps.js";
import { nativeParts } from "./classify.js";

/** What to use instead. */
const OTHER_PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
	darwin: "; on macOS, vmmap PID lists the same.",
	win32: "; on Windows, VMMap of Sysinternals shows the same.",
};

/** Reads what the memory of a process of this machine is made of, without touching the process. Never rejects. */
export async function readNativeMemory(pid: number, platform: NodeJS.Platform = process.platform): Promise<NativeMemoryOutcome> {
	if (platform !== "linux") {
		return failed(`Native memory is read from /proc/PID/smaps, which only Linux has${OTHER_PLATFORMS[platform] ?? "."}`);
	}
	try {
		const mappings = parseSmaps(await readFile(`/proc/${pid}/smaps`, "utf8"));
		if (mappings.length === 0) return failed(`Process ${pid} has ended.`);
		return { kind: "memory", memory: { pid, t: Date.now(), parts: nativeParts(mappings) } };
	} catch (error) {
		return failed(reasonOf(error, pid));
	}
}

function failed(message: string): NativeMemoryOutcome {
	return { kind: "failed", message };
}

function reasonOf(error: unknown, pid: number): string {
	const code = error instanceof Error && "code" in error ? error.code : null;
	if (code === "ENOENT" || code === "ESRCH") return `There is no process ${pid} on this machine any more.`;
	if (code === "EACCES" || code === "EPERM")
		return `The kernel lets only the user who started process ${pid} read its mappings. Run VS Code, or this command, as that user.`;
	return `The mappings of process ${pid} could not be read: ${String(error).slice(0, 300)}`;
}
