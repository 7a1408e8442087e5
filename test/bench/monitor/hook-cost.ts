import { runInThisContext } from "node:vm";
import { enter, leave } from "../../../src/monitor/agent/lease.js";
import { startTrace } from "../../../src/monitor/agent/trace.js";
import { field } from "../../runtime/support/debugger.js";

const OPERATIONS = 200_000;
const WARM_UP_OPERATIONS = 50_000;
const HOLDER = "bench";
/** No operation here takes that long. */
const SLOW_MS = 5_000;

type RunInChildSpan = (span: { readonly name: string }, work: () => unknown) => unknown;

/** Microseconds of cpu that our part of the tracing hook takes for one operation with the spans that Prisma gives it, measured in this process. */
export async function hookCost(): Promise<number> {
	runInThisContext(`(${enter(HOLDER)}, ${startTrace(HOLDER, SLOW_MS)})`);
	try {
		const bare = await cpuOf((_, work) => work());
		return (await cpuOf(hook())) - bare;
	} finally {
		runInThisContext(leave(HOLDER));
	}
}

function hook(): RunInChildSpan {
	const helper = field(field(globalThis, "PRISMA_INSTRUMENTATION"), "helper");
	const run = field(helper, "runInChildSpan");
	if (typeof run !== "function") throw new Error("The tracing hook is not set.");
	return (span, work) => run.call(helper, span, work);
}

async function cpuOf(run: RunInChildSpan): Promise<number> {
	const operation = () =>
		run({ name: "operation" }, () =>
			run({ name: "serialize" }, () => run({ name: "compile" }, () => run({ name: "db_query" }, async () => 1))),
		);
	for (let count = 0; count < WARM_UP_OPERATIONS; count++) await operation();
	const before = process.cpuUsage();
	for (let count = 0; count < OPERATIONS; count++) await operation();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / OPERATIONS;
}
