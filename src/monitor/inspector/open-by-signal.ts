import { setTimeout as sleep } from "node:timers/promises";
import type { NodeProcess } from "../../protocol/index.js";
import { CLOSE_UNUSED_INSPECTOR } from "../agent/lease.js";
import type { ProcessLister } from "../discovery/index.js";
import { isSameProcess } from "../discovery/same-process.js";
import { waitFor } from "../wait-for.js";
import { AttachError } from "./attach-error.js";
import { closeInspectorAt } from "./close-inspector.js";
import { findInspector, type InspectorAddress } from "./endpoint-list.js";
import { isTaken } from "./free-port.js";

const OPEN_TIMEOUT_MS = 5_000;
const PROBE_TIMEOUT_MS = 300;
const LATE_OPENING_MS = 60_000;
const LATE_OPENING_STEP_MS = 500;

/** Asks a process by signal to open its inspector and waits for it. Rejects with an `AttachError` when the signal is not safe, cannot work or did not. */
export async function openBySignal(lister: ProcessLister, target: NodeProcess): Promise<InspectorAddress> {
	const port = await lister.signalPort(target.pid);
	if (await isTaken(port)) throw await portTaken(lister, target, port);
	await checkStillOpenable(lister, target);
	const before = new Set(await lister.listeningPorts(target.pid));
	try {
		lister.signalInspector(target.pid);
	} catch (error) {
		throw new AttachError(`${name(target)} could not be asked to open its inspector.`, startWithInspect(target), String(error));
	}
	const address = await waitFor(() => newInspector(lister, target.pid, before, port), OPEN_TIMEOUT_MS);
	if (address !== null) return address;
	const vitality = await lister.vitality(target.pid);
	if (vitality === "ended")
		throw new AttachError(`${name(target)} ended while its inspector was being opened.`, "Start it again and attach.");
	void closeWhenItOpens(lister, target.pid, before, port);
	if (vitality === "stopped")
		throw new AttachError(
			`${name(target)} was stopped while its inspector was being opened.`,
			"Let it go on (kill -CONT) and attach then.",
		);
	throw new AttachError(
		`${name(target)} did not open its inspector within ${OPEN_TIMEOUT_MS / 1000} s: it handles SIGUSR1 by itself, or its event loop is blocked.`,
		startWithInspect(target),
	);
}

/** A process is looked at again right before the signal: meanwhile its id may belong to another one. */
async function checkStillOpenable(lister: ProcessLister, target: NodeProcess): Promise<void> {
	const now = await lister.find(target.pid);
	if (now === null || !isSameProcess(now, target))
		throw new AttachError(`${name(target)} has ended.`, "Choose a process from a fresh list.");
	if (!now.openable.ok) throw new AttachError(`${name(target)} cannot be asked to open its inspector.`, now.openable.reason);
}

/** A signal cannot be taken back: a process that was blocked obeys it later, when nobody waits for its inspector any more. */
async function closeWhenItOpens(lister: ProcessLister, pid: number, before: ReadonlySet<number>, usualPort: number): Promise<void> {
	const deadline = performance.now() + LATE_OPENING_MS;
	while (performance.now() < deadline) {
		await sleep(LATE_OPENING_STEP_MS, undefined, { ref: false });
		const address = await newInspector(lister, pid, before, usualPort).catch(() => null);
		if (address !== null) return closeInspectorAt(address, CLOSE_UNUSED_INSPECTOR);
	}
}

async function newInspector(
	lister: ProcessLister,
	pid: number,
	before: ReadonlySet<number>,
	usualPort: number,
): Promise<InspectorAddress | null> {
	const listening = await lister.listeningPorts(pid);
	const candidates = listening === null ? [usualPort] : listening.filter((port) => !before.has(port));
	for (const port of candidates) {
		const address = await findInspector("127.0.0.1", port, PROBE_TIMEOUT_MS);
		if (address !== null) return address;
	}
	return null;
}

async function portTaken(lister: ProcessLister, target: NodeProcess, port: number): Promise<AttachError> {
	const others = await lister.list().catch(() => []);
	const holder = others.find(({ inspector }) => inspector.kind === "open" && inspector.port === port);
	const who = holder ? `the inspector of ${name(holder)}` : "another program";
	return new AttachError(
		`Port ${port}, on which ${name(target)} would open its inspector, is taken by ${who}.`,
		holder
			? `End the debugging of ${name(holder)}, or start ${target.title} with --inspect=0 and attach again.`
			: `Free port ${port}, or start ${target.title} with --inspect=0 and attach again.`,
	);
}

function startWithInspect(target: NodeProcess): string {
	return `Start ${target.title} with node --inspect=0 and attach to it then.`;
}

/** How a process is named in messages. */
export function name(target: Pick<NodeProcess, "title" | "pid">): string {
	return `${target.title} (pid ${target.pid})`;
}
