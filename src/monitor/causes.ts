import type { RuleId } from "../config/index.js";
import { type AlertSubject, bytes, count, milliseconds, openDatabaseConnections, type Sample } from "../protocol/index.js";

export interface Cause {
	/** One or two sentences. */
	readonly text: string;
	/** Rules whose findings would explain it, the likeliest first. */
	readonly rules: readonly RuleId[];
}

/** A process this busy answers late. */
const BUSY = 0.9;
/** So many more connections explain growth. */
const MORE_CONNECTIONS = 3;

const MANY_CLIENTS: readonly RuleId[] = ["client-per-call", "multiple-clients", "hot-reload-client", "missing-disconnect"];
const KEPT_OBJECTS: readonly RuleId[] = ["unbounded-event-buffer", "listener-per-call", "uncleared-interval", "client-per-call"];
const LONG_TRANSACTIONS: readonly RuleId[] = ["slow-work-in-transaction", "outer-client-in-transaction", "transaction-timeout"];

/** What the samples suggest: `sample` is the one that raised the alert, `warm` the first one after warm-up. */
export interface Circumstances {
	readonly sample: Sample;
	readonly warm: Sample | null;
}

/** The likely cause of what passed its limit. */
export function causeOf(subject: AlertSubject, circumstances: Circumstances): Cause {
	return CAUSES[subject](circumstances);
}

const CAUSES: Readonly<Record<AlertSubject, (circumstances: Circumstances) => Cause>> = {
	external: ({ sample }) => clients(sample) ?? buffers(sample) ?? uncounted(MANY_CLIENTS),
	outsideHeap: (circumstances) => clients(circumstances.sample) ?? moreConnections(circumstances) ?? nativeCode(),
	connections: ({ sample }) => pools(sample) ?? uncounted([...MANY_CLIENTS, "pool-size"]),
	query: ({ sample }) => waiting(sample) ?? busyLoop(sample) ?? slowDatabase(sample),
	transaction: ({ sample }) => openTransactions(sample),
	slowQuery: ({ sample }) => waiting(sample) ?? slowestQuery(sample),
	"trend-native": (circumstances) => clients(circumstances.sample) ?? moreConnections(circumstances) ?? nativeCode(),
	"trend-external": ({ sample }) => buffers(sample) ?? clients(sample) ?? uncounted(MANY_CLIENTS),
	"trend-heap": ({ sample }) => clients(sample) ?? keptObjects(),
};

function clients({ clients: known }: Sample): Cause | null {
	if (known === undefined || known.live < 2) return null;
	return {
		text: `${count(known.live)} PrismaClients are alive, and each keeps its schema, compiled queries and connections. One per process is enough.`,
		rules: MANY_CLIENTS,
	};
}

function uncounted(rules: readonly RuleId[]): Cause {
	return { text: "More than one PrismaClient is the usual cause. An inventory counts those that are alive.", rules };
}

function buffers({ memory }: Sample): Cause | null {
	if (memory.arrayBuffers < memory.external / 2) return null;
	return {
		text: `${bytes(memory.arrayBuffers)} of it are array buffers: bodies, files or results that something keeps.`,
		rules: ["unbounded-event-buffer", ...MANY_CLIENTS],
	};
}

function moreConnections({ sample, warm }: Circumstances): Cause | null {
	const more = openDatabaseConnections(sample) - (warm === null ? 0 : openDatabaseConnections(warm));
	if (warm === null || more < MORE_CONNECTIONS) return null;
	return {
		text: `${count(more)} more database connections are open than after warm-up: clients or pools are made and not closed.`,
		rules: [...MANY_CLIENTS, "external-pool-not-disposed"],
	};
}

function nativeCode(): Cause {
	return {
		text: "It is memory that JavaScript does not see: query engines, compiled code, drivers. A PrismaClient that is made again and again is the usual cause.",
		rules: [...MANY_CLIENTS, "metrics-preview"],
	};
}

function keptObjects(): Cause {
	return {
		text: "Objects outlive every garbage collection: a list, a cache or listeners that grow with each request.",
		rules: KEPT_OBJECTS,
	};
}

function pools({ pools: known }: Sample): Cause | null {
	if (known === undefined || known.length === 0) return null;
	const most = known.reduce((sum, pool) => sum + pool.max, 0);
	const what = known.length === 1 ? "One pool is" : `${count(known.length)} pools are`;
	return { text: `${what} open, which may take ${count(most)} connections together.`, rules: [...MANY_CLIENTS, "pool-size"] };
}

function waiting({ pools: known }: Sample): Cause | null {
	const requests = (known ?? []).reduce((sum, pool) => sum + pool.waiting, 0);
	if (requests === 0) return null;
	return {
		text: `${count(requests)} requests wait for a connection: the pool is used up, most likely by transactions that stay open.`,
		rules: [...LONG_TRANSACTIONS, "pool-size"],
	};
}

function busyLoop({ eventLoop }: Sample): Cause | null {
	if ((eventLoop?.utilization ?? 0) < BUSY) return null;
	return { text: "The event loop has no time left, so answers of the database wait to be read.", rules: [] };
}

function slowDatabase({ queries }: Sample): Cause {
	const statement = queries?.statementDuration;
	const share = statement ? ` A statement took ${milliseconds(statement.avg)} on average.` : "";
	return { text: `The database takes its time: look for missing indexes, locks and large results.${share}`, rules: LONG_TRANSACTIONS };
}

function slowestQuery({ queries }: Sample): Cause {
	const slowest = [...(queries?.slow ?? [])].sort((a, b) => b.duration - a.duration)[0];
	const name = slowest ? [slowest.model, slowest.method].filter((part) => part !== null).join(".") : "It";
	return { text: `${name} waited for a connection, a lock or the database itself.`, rules: LONG_TRANSACTIONS };
}

function openTransactions({ transactions }: Sample): Cause {
	const open = transactions?.open ?? 0;
	const now = open === 0 ? "" : ` ${count(open)} ${open === 1 ? "is" : "are"} open now.`;
	return {
		text: `A transaction keeps its connection and its locks until it ends: slow work inside it is the usual cause.${now}`,
		rules: LONG_TRANSACTIONS,
	};
}
