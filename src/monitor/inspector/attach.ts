import { randomUUID } from "node:crypto";
import type { AttachTarget, MonitorOptions, NodeProcess, ProcessTarget, TargetInfo } from "../../protocol/index.js";
import { IDENTIFY, type Identity, isIdentity, processIdentity } from "../agent/identity.js";
import { keepInspector, moveInspector, undoMove } from "../agent/lease.js";
import { type ProcessLister, processTitle, SPARE_PORTS } from "../discovery/index.js";
import { isSameProcess } from "../discovery/same-process.js";
import { formatEndpoint } from "../endpoint.js";
import { SessionGroup } from "../session-group.js";
import type { Turns } from "../turns.js";
import { waitFor, within } from "../wait-for.js";
import type { WatchedTargets } from "../watched-targets.js";
import { ATTACH_AGAIN, AttachError } from "./attach-error.js";
import { attachToWorker } from "./attach-worker.js";
import { Attachment } from "./attachment.js";
import { closeInspectorAt } from "./close-inspector.js";
import { InspectorConnection } from "./connection.js";
import { findInspector, type InspectorAddress } from "./endpoint-list.js";
import { freePort } from "./free-port.js";
import { name, openBySignal } from "./open-by-signal.js";
import { resolveHost } from "./resolve-host.js";
import { settleIn } from "./settle-in.js";
import { InspectorWay } from "./way.js";

const ANSWER_TIMEOUT_MS = 5_000;
const PROBE_TIMEOUT_MS = 2_000;

type Options = Pick<MonitorOptions, "allowRemote">;
type Step = (step: string) => void;

/**
 * Attaches to a process of this machine, to an inspector's address, or to a thread of either. Every step is bounded in time; rejects with an
 * `AttachError`, a `WatchedAlready` for what `group` says another session watches.
 */
export async function attach(
	target: AttachTarget,
	options: Options,
	lister: ProcessLister,
	step: Step,
	group = new SessionGroup(),
): Promise<Attachment> {
	const worker = target.kind === "worker" ? target.worker : undefined;
	const process = await reach(target.kind === "worker" ? target.of : target, options, lister, step, group.openings);
	await take(process, worker, group.watched);
	if (worker === undefined) return settleIn(process, "enter");
	await settleIn(process, "hold");
	step(`Looking for worker ${worker}`);
	return attachToWorker(process, worker);
}

async function take(process: Attachment, worker: number | undefined, watched: WatchedTargets): Promise<void> {
	try {
		watched.take(process, worker);
	} catch (error) {
		await process.release();
		throw error;
	}
}

/** Nothing of ours is in the process yet but what keeps its inspector open. */
function reach(target: ProcessTarget, options: Options, lister: ProcessLister, step: Step, openings: Turns): Promise<Attachment> {
	return target.kind === "pid" ? reachProcess(target, options, lister, step, openings) : reachAddress(target, options, lister, step);
}

async function reachProcess(
	{ pid, mayOpenInspector, startedAt = null }: Extract<ProcessTarget, { kind: "pid" }>,
	options: Options,
	lister: ProcessLister,
	step: Step,
	openings: Turns,
): Promise<Attachment> {
	step(`Looking at process ${pid}`);
	const found = await lister.find(pid);
	if (found === null) throw new AttachError(`No Node process with pid ${pid} runs here.`, "Choose a process from a fresh list.");
	if (!isSameProcess(found, { startedAt }))
		throw new AttachError(
			`The process that was chosen has ended; its pid ${pid} belongs to another one by now.`,
			"Choose a process from a fresh list.",
		);
	if (found.inspector.kind === "open") {
		const { host, port } = found.inspector;
		const [address] = await resolveHost(host, options.allowRemote);
		return connectTo(
			{ address: await findAt([address ?? host], port), expected: found, holder: randomUUID(), openedByUs: false },
			lister,
			step,
		);
	}
	if (!mayOpenInspector)
		throw new AttachError(
			`The inspector of ${name(found)} is not open.`,
			"Allow the monitor to open it, or start the process with --inspect.",
		);
	if (!found.openable.ok) throw new AttachError(`${name(found)} cannot be asked to open its inspector.`, found.openable.reason);
	step(`Opening the inspector of ${name(found)}`);
	const holder = randomUUID();
	const moved = await openings.take(async () => moveAway(await openBySignal(lister, found), found, holder, lister, step));
	return connectTo({ address: moved, expected: found, holder, openedByUs: true }, lister, step);
}

async function reachAddress(
	target: Exclude<ProcessTarget, { kind: "pid" }>,
	options: Options,
	lister: ProcessLister,
	step: Step,
): Promise<Attachment> {
	const { kind, host, port, path } = target;
	step(`Connecting to ${host}:${port}`);
	const hosts = await resolveHost(host, options.allowRemote);
	const shared = kind === "debugSession";
	const address = path === undefined ? await findAt(hosts, port) : { host: hosts[0] ?? host, port, id: path, shared };
	return connectTo({ address, expected: null, holder: randomUUID(), openedByUs: false }, lister, step);
}

async function findAt(hosts: readonly string[], port: number): Promise<InspectorAddress> {
	for (const host of hosts) {
		const address = await findInspector(host, port, PROBE_TIMEOUT_MS);
		if (address !== null) return address;
	}
	throw new AttachError(
		`No inspector answers at ${hosts.map((host) => formatEndpoint(host, port)).join(" or ")}.`,
		"Check the port, and that the process was started with --inspect and still runs.",
	);
}

/** Frees the port that every process opens its inspector on, and gives the opened one a lease. */
async function moveAway(
	from: InspectorAddress,
	expected: NodeProcess,
	holder: string,
	lister: ProcessLister,
	step: Step,
): Promise<InspectorAddress> {
	step(`Moving the inspector of ${name(expected)} to a free port`);
	const port = await freePort(SPARE_PORTS);
	try {
		if (port === null)
			throw new AttachError("All ports for inspectors, 9230 to 9329, are taken.", "End some of the programs that hold them.");
		const { connection } = await connect(from, expected);
		await connection.evaluate(moveInspector(holder, port)).finally(() => connection.close());
	} catch (error) {
		await closeInspectorAt(from, undoMove(holder));
		throw error instanceof AttachError
			? error
			: new AttachError(`${name(expected)} could not move its inspector.`, ATTACH_AGAIN, String(error));
	}
	const moved = await waitFor(async () => {
		if ((await lister.vitality(expected.pid)) === "ended") throw new AttachError(`${name(expected)} ended.`, "Start it again and attach.");
		return findInspector("127.0.0.1", port, PROBE_TIMEOUT_MS);
	}, ANSWER_TIMEOUT_MS);
	if (moved !== null) return moved;
	await closeInspectorAt(from, undoMove(holder));
	throw new AttachError(`${name(expected)} does not open its inspector again on port ${port}: its event loop is blocked.`, ATTACH_AGAIN);
}

/** An inspector that is ready to be connected to. */
interface Opening {
	readonly address: InspectorAddress;
	/** Whose it has to be, where that is known. */
	readonly expected: NodeProcess | null;
	readonly holder: string;
	readonly openedByUs: boolean;
}

async function connectTo(opening: Opening, lister: ProcessLister, step: Step): Promise<Attachment> {
	const { address, expected, holder, openedByUs } = opening;
	step(`Connecting to ${formatEndpoint(address.host, address.port)}`);
	const { connection, identity } = await connect(address, expected);
	const here = expected ?? (await findHere(identity.pid, address.port, lister));
	const name = processIdentity(identity);
	const target: TargetInfo = {
		pid: identity.pid,
		title: expected?.title ?? processTitle(identity.argv, identity.cwd),
		...(here?.startedAt == null ? {} : { startedAt: here.startedAt }),
		...(name === undefined ? {} : { identity: name }),
		nodeVersion: identity.version,
		inspector: formatEndpoint(address.host, address.port),
		openedByUs: openedByUs || (await isKept(connection, holder)),
	};
	return new Attachment(target, here, holder, connection, new InspectorWay(address, target.openedByUs));
}

/** Another monitor may have opened the inspector, which must not be closed under us. */
async function isKept(connection: InspectorConnection, holder: string): Promise<boolean> {
	return (await within(connection.evaluate(keepInspector(holder)), ANSWER_TIMEOUT_MS).catch(() => false)) === true;
}

/** The target's pid may be one of another machine or container: it is ours only if that process holds the very port. */
async function findHere(pid: number, port: number, lister: ProcessLister): Promise<NodeProcess | null> {
	const ports = await lister.listeningPorts(pid).catch(() => null);
	return ports?.includes(port) ? lister.find(pid).catch(() => null) : null;
}

/** A connection whose other end has said who it is, and is who we expected. */
async function connect(
	address: InspectorAddress,
	expected: NodeProcess | null,
): Promise<{ connection: InspectorConnection; identity: Identity }> {
	const at = formatEndpoint(address.host, address.port);
	const connection = await InspectorConnection.open(address).catch((error: unknown) => {
		throw new AttachError(
			`The inspector at ${at} did not take the connection.`,
			"Check that the process still runs, and attach again.",
			String(error),
		);
	});
	try {
		const identity = await within(connection.evaluate(IDENTIFY), ANSWER_TIMEOUT_MS);
		if (identity === null)
			throw new AttachError(
				`The process at ${at} does not answer: it is stopped, or its event loop is blocked.`,
				"Attach again when it goes on.",
			);
		if (!isIdentity(identity)) throw new AttachError(`What answers at ${at} is not a Node process.`, "Check the port.");
		if (expected !== null && identity.pid !== expected.pid)
			throw new AttachError(
				`The inspector at ${at} belongs to process ${identity.pid}, not to ${name(expected)}.`,
				`Attach to process ${identity.pid}, or start ${expected.title} with --inspect=0.`,
			);
		return { connection, identity };
	} catch (error) {
		connection.close();
		if (error instanceof AttachError) throw error;
		throw new AttachError(`The process at ${at} did not say who it is.`, "Check that it still runs, and attach again.", String(error));
	}
}
