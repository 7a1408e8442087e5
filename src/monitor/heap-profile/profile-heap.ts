import { setTimeout as sleep } from "node:timers/promises";
import { HEAP_SITE_LIMIT, type HeapPlace, type HeapProfile, type HeapProfileOutcome } from "../../protocol/index.js";
import type { Attachment } from "../inspector/attachment.js";
import type { Answer, InspectorConnection } from "../inspector/connection.js";
import { MAX_SCRIPT_MESSAGE_BYTES, ScriptMaps } from "../levels/script-maps.js";
import { type Position, pathOf } from "../levels/source-maps.js";
import { within } from "../wait-for.js";
import { type Allocation, readAllocations } from "./allocations.js";
import { heapSites, moduleOf } from "./heap-sites.js";

/** One allocation in about so many bytes is noted with its stack; V8's own default. */
const SAMPLING_BYTES = 32_768;
/** A target that is stopped does not answer. */
const ANSWER_TIMEOUT_MS = 30_000;

export const PROFILED_ALREADY =
	"The heap of this process is being profiled already, from here or by another tool. Try again when that is over.";

const LEFT = "The process ended or was detached from while its heap was profiled.";
/** In which a connection that failed a request for it has ended. */
const ENDED_MS = 50;

class Failure extends Error {}

/**
 * Samples allocations for `seconds`, then sums up those that are still alive by the function that made them. All of it happens on a
 * connection of its own: when that ends, however it does, V8 stops sampling. Never rejects; ends early when the attachment does.
 */
export async function profileHeap(attachment: Attachment, seconds: number): Promise<HeapProfileOutcome> {
	let connection: InspectorConnection | null = null;
	const maps = new ScriptMaps(() => connection, attachment.process !== null);
	try {
		connection = await attachment.connectAgain({
			maxMessageBytes: MAX_SCRIPT_MESSAGE_BYTES,
			receive: (method, params) => maps.notice(method, params),
		});
		const allocations = readAllocations(await sample(connection, attachment, seconds));
		return { kind: "profile", profile: await summary(allocations, connection, maps, { pid: attachment.target.pid, seconds }) };
	} catch (error) {
		if (error instanceof Failure) return { kind: "failed", message: error.message };
		const wasLeft = connection !== null && (await within(connection.ended, ENDED_MS)) !== null;
		return { kind: "failed", message: wasLeft ? LEFT : `The heap could not be profiled: ${String(error).slice(0, 300)}` };
	} finally {
		connection?.close();
	}
}

/** The profiler belongs to the whole process: a second start would change nothing, and its end would take the first one's samples. */
async function sample(connection: InspectorConnection, attachment: Attachment, seconds: number): Promise<unknown> {
	const isSampled = await answer(connection, "HeapProfiler.getSamplingProfile").then(
		() => true,
		(error: unknown) => {
			if (error instanceof Failure) throw error;
			return false;
		},
	);
	if (isSampled) throw new Failure(PROFILED_ALREADY);
	await answer(connection, "HeapProfiler.startSampling", { samplingInterval: SAMPLING_BYTES });
	const timer = new AbortController();
	const left = Promise.race([attachment.ended, connection.ended]).then(() => true);
	const wasLeft = await Promise.race([left, sleep(seconds * 1_000, false, { signal: timer.signal })]);
	timer.abort();
	if (wasLeft) throw new Failure(LEFT);
	// V8 collects garbage before it answers, so that only what is alive counts.
	return (await answer(connection, "HeapProfiler.stopSampling")).profile;
}

async function summary(
	allocations: readonly Allocation[],
	connection: InspectorConnection,
	maps: ScriptMaps,
	about: Pick<HeapProfile, "pid" | "seconds">,
): Promise<HeapProfile> {
	const own = new Map<string, Position>();
	for (const { position } of allocations.flatMap(({ stack }) => stack))
		if (position && moduleOf(position.file) === null) own.set(keyOf(position), position);
	await answer(connection, "Debugger.enable", { maxScriptsCacheSize: 0 });
	// A `debugger` statement in the program must not stop it.
	await answer(connection, "Debugger.setSkipAllPauses", { skip: true });
	const sources = new Map<string, Position>();
	const find = async ([key, position]: [string, Position]) => {
		const source = await maps.sourceOf(position);
		if (source) sources.set(key, source);
	};
	await within(Promise.all([...own].map(find)), ANSWER_TIMEOUT_MS);
	const placeOf = (position: Position): HeapPlace => {
		const source = sources.get(keyOf(position));
		return source ? { ...source, mapped: true } : { ...position, file: pathOf(position.file), mapped: false };
	};
	const sites = heapSites(allocations, ({ position }) => position && placeOf(position));
	return { ...about, bytes: sites.reduce((sum, { bytes }) => sum + bytes, 0), sites: sites.slice(0, HEAP_SITE_LIMIT) };
}

function keyOf({ file, line, column }: Position): string {
	return `${file}:${line}:${column}`;
}

async function answer(connection: InspectorConnection, method: string, params: Answer = {}): Promise<Answer> {
	const found = await within(connection.request(method, params), ANSWER_TIMEOUT_MS);
	if (found === null) throw new Failure("The process does not answer: it is stopped, or its event loop is blocked.");
	return found;
}
