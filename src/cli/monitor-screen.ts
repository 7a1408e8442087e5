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
/** Beside the time. */
const ALERT_INDENT = 9;

/** The table's lines for one sample. @param columns of the terminal: sentences are wrapped there */
export function screenLines(sample: Sample, judgement: Judgement, { limits, targets }: Thresholds, columns: number): readonly string[] {
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
		...judgement.trends.flatMap((trend) => wrapped(trendText(trend) ?? "", columns)),
		...judgement.alerts.flatMap(({ since, message, cause }) => wrapped(`${clock(since)} ${message} ${cause}`, columns, ALERT_INDENT)),
	];
}

export interface TerminalSize {
	readonly columns: number;
	readonly rows: number;
}

/** The lines as far as a terminal shows them: what is higher than it could not be drawn over. */
export function fitting(lines: readonly string[], { columns, rows }: TerminalSize): readonly string[] {
	return lines.slice(0, Math.max(1, rows - 1)).map((text) => text.slice(0, Math.max(1, columns - 1)));
}

/** What to write so that `lines` take the place of the `before` lines above the cursor. */
export function redraw(lines: readonly string[], before: number): string {
	const up = before === 0 ? "" : `\u001b[${before}A`;
	return `${up}\u001b[0J${lines.map((text) => `${text}\n`).join("")}`;
}

/** A sentence in lines that are shorter than the terminal is wide, none for an empty one. @param indent of the lines after the first */
function wrapped(text: string, columns: number, indent = 0): readonly string[] {
	const lines: string[] = [];
	for (const word of text.split(" ").filter((part) => part !== "")) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length < columns) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(`${" ".repeat(last === undefined ? 0 : indent)}${word}`);
	}
	return lines;
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
