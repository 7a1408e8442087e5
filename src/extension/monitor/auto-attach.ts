import * as vscode from "vscode";
import type { AttachTarget } from "../../protocol/index.js";
import { autoTarget, type Identity, isFree } from "./auto-target.js";
import type { MonitorSessions } from "./sessions.js";
import { monitorSettings } from "./settings.js";

const EVERY_MS = 5_000;
/** More than that have ended by then. */
const MOST_DECLINED = 1_000;

/** Attaches to the workspace's processes as they come, while the setting says so and nothing else is watched. Each process only once. */
export class AutoAttach implements vscode.Disposable {
	readonly #sessions: MonitorSessions;
	readonly #attach: (target: AttachTarget) => Promise<unknown>;
	#declined: readonly Identity[] = [];
	readonly #unsubscribe: () => void;
	#timer: NodeJS.Timeout | undefined;
	#isDisposed = false;

	constructor(sessions: MonitorSessions, attach: (target: AttachTarget) => Promise<unknown>) {
		this.#sessions = sessions;
		this.#attach = attach;
		this.#unsubscribe = sessions.each((session) =>
			session.onChange((change) => {
				if (change.type !== "state" || change.state.kind !== "live") return;
				const { pid, startedAt } = change.state.target;
				this.#decline({ pid, startedAt: startedAt ?? null });
			}),
		);
		this.#schedule();
	}

	dispose(): void {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		this.#unsubscribe();
	}

	/** A look may be under way when this is disposed of. */
	#schedule(): void {
		if (this.#isDisposed) return;
		this.#timer = setTimeout(() => void this.#look().finally(() => this.#schedule()), EVERY_MS);
	}

	/** Never rejects: a list that does not come is asked for again later. */
	async #look(): Promise<void> {
		if (!this.#isWanted()) return;
		const processes = await this.#sessions.processes().catch(() => []);
		const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
		const host = { pid: process.pid, parentPid: process.ppid };
		const found = autoTarget(processes, folders, host, this.#declined, Date.now());
		if (found === null || !this.#isWanted()) return;
		const { pid, startedAt } = found;
		this.#decline({ pid, startedAt });
		await this.#attach({ kind: "pid", pid, startedAt, mayOpenInspector: true });
	}

	#decline(process: Identity): void {
		this.#declined = [...this.#declined, process].slice(-MOST_DECLINED);
	}

	#isWanted(): boolean {
		if (this.#isDisposed) return false;
		const isFreeNow = this.#sessions.all.every(({ controller }) => isFree(controller.state, Date.now()));
		return vscode.workspace.isTrusted && monitorSettings().autoAttach && isFreeNow;
	}
}
