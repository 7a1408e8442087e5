import * as vscode from "vscode";
import { type AttachTarget, isRecord } from "../../protocol/index.js";

/** A session of VS Code's JavaScript debugger that runs a Node process. */
export interface DebugSession {
	readonly id: string;
	readonly name: string;
}

/** Types that js-debug gives the sessions of Node processes; the debuggers of browsers have others. */
const NODE_TYPES: ReadonlySet<string> = new Set(["pwa-node", "node", "node-terminal", "pwa-extensionHost", "extensionHost"]);
/**
 * Of js-debug: answers with where its proxy to the process's inspector listens. Tested with a proxy that works as its source says; js-debug
 * itself is not in the VS Code that the tests run in.
 */
const REQUEST_PROXY = "extension.js-debug.requestCDPProxy";

/** The debug sessions that run in this window. VS Code tells when they begin and end, but has no list of them. */
export class DebugSessions implements vscode.Disposable {
	readonly #sessions = new Set<vscode.DebugSession>();
	readonly #subscription: vscode.Disposable;

	constructor() {
		const active = vscode.debug.activeDebugSession;
		if (active) this.#sessions.add(active);
		this.#subscription = vscode.Disposable.from(
			vscode.debug.onDidStartDebugSession((session) => this.#sessions.add(session)),
			vscode.debug.onDidTerminateDebugSession((session) => this.#sessions.delete(session)),
		);
	}

	/** Those that run a process themselves: one that only holds others together is left out. */
	get all(): readonly DebugSession[] {
		const sessions = [...this.#sessions].filter(({ type }) => NODE_TYPES.has(type));
		const parents = new Set(sessions.map(({ parentSession }) => parentSession?.id));
		return sessions.filter(({ id }) => !parents.has(id));
	}

	/** Where to attach to one; null when the debugger does not say. */
	async targetOf({ id }: DebugSession): Promise<AttachTarget | null> {
		const proxy: unknown = await vscode.commands.executeCommand(REQUEST_PROXY, id);
		if (!isRecord(proxy)) return null;
		const { host, port, path } = proxy;
		if (typeof host !== "string" || typeof port !== "number" || typeof path !== "string") return null;
		return { kind: "debugSession", host, port, path: path.replace(/^\//, "") };
	}

	dispose(): void {
		this.#subscription.dispose();
	}
}
