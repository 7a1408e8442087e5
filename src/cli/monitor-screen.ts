/** The live table of `monitor` on a terminal: what was drawn before is drawn over. */
import {
	bytes,
	clock,
	count,
	cpu,
	duration,
	type Judgement,
	milliseconds,
	openDatabaseConnections,
	type Sample,
	shownConnections,
	type Thresholds,
	trendText,
	type Verdict,
	verdictOn,
} from "../protocol/index.js";

const MOST_ENDPOINTS = 8;
const NAME_WIDTH = 18;
const VALUE_WIDTH = 10;

/** The table's lines for one sample. */
export function screenLines(sample: Sample, judgement: Judgement, { limits, targets }: Thresholds): readonly string[] {
	const { memory, queries, transactions, clients, eventLoop } = sample;
	const connections = openDatabaseConnections(sample);
	return [
		line("time", clock(sample.t), judgement.warm ? "" : "warming up"),
		line("rss", bytes(memory.rss)),
		line("heap used", bytes(memory.heapUsed), `of ${bytes(memory.heapTotal)}`),
		line("external", bytes(memory.external), state(memory.external, targets.external, limits.external)),
		line("outside the heap", bytes(memory.outsideHeap)),
		line("native", bytes(memory.native)),
		line("cpu", cpu(sample.cpu), eventLoop?.utilization == null ? "" : `event loop busy ${cpu(eventLoop.utilization)}`),
		line("connections", count(connections), state(connections, targets.connections, limits.connections)),
		...sample.connections
			.slice(0, MOST_ENDPOINTS)
			.map((connection) => line(`  ${connection.endpoint}`, count(shownConnections(connection)), connectionNote(connection))),
		...(clients ? [line("clients", count(clients.live))] : []),
		...(queries ? [line("queries", `${queries.perSecond.toFixed(1)}/s`, averageNote(queries.duration?.avg))] : []),
		...(transactions ? [line("transactions", count(transactions.open), openNote(transactions.ages[0]))] : []),
		"",
		...judgement.trends.flatMap((trend) => trendText(trend) ?? []),
		...judgement.alerts.flatMap(({ since, message, cause }) => [`${clock(since)} ${message}`, `         ${cause}`]),
	];
}

/** What to write so that `lines` take the place of the `before` lines above the cursor. Lines are cut at the terminal's width. */
export function redraw(lines: readonly string[], before: number, columns: number): string {
	const up = before === 0 ? "" : `\u001b[${before}A`;
	return `${up}\u001b[0J${lines.map((text) => `${text.slice(0, Math.max(1, columns - 1))}\n`).join("")}`;
}

function line(name: string, value: string, note = ""): string {
	return `${name.padEnd(NAME_WIDTH)} ${value.padStart(VALUE_WIDTH)}  ${note}`.trimEnd();
}

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { fine: "fine", near: "near its limit", over: "over its limit" };

function state(value: number, target: number, limit: number): string {
	return VERDICT_WORDS[verdictOn(value, target, limit)];
}

function connectionNote({ kind, pool, database }: Sample["connections"][number]): string {
	const parts = [
		kind,
		...(pool ? [`pool ${pool.total} of ${pool.max}, ${pool.idle} idle, ${pool.waiting} waiting`] : []),
		...(database ? [`database ${database.active} active, ${database.idle} idle, ${database.idleInTransaction} idle in transaction`] : []),
	];
	return parts.join(" · ");
}

function averageNote(average: number | undefined): string {
	return average === undefined ? "" : `${milliseconds(average)} on average`;
}

function openNote(oldest: number | undefined): string {
	return oldest === undefined ? "open" : `open, the oldest for ${duration(oldest)}`;
}
