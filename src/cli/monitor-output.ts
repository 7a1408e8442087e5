import { type Judge, Rounds } from "../monitor/index.js";
import type { Sample, TargetInfo } from "../protocol/index.js";
import type { Command } from "./monitor-command.js";
import { fitting, redraw, screenLines, type TerminalSize } from "./monitor-screen.js";
import { fleetLines, formatRow, TABLE_HEAD, threadName } from "./monitor-table.js";

export interface Output {
	show(sample: Sample, judge: Judge): void;
	/** Something besides the samples, on stderr. */
	say(text: string): void;
	/** A process, or a thread of one, that is not watched any more. */
	forget?(target: TargetInfo): void;
}

/** Of a terminal that does not say how large it is. */
const USUAL_SIZE: TerminalSize = { columns: 80, rows: 24 };
const ROWS_PER_HEAD = 20;

/** A line of JSON a sample; else for people, drawn over on a terminal and line after line elsewhere. */
export function outputOf({ format, targets, workers, thresholds }: Command): Output {
	const say = (text: string) => console.error(text);
	if (format === "ndjson") return { say, show: (sample) => void process.stdout.write(`${JSON.stringify(sample)}\n`) };
	if (targets.length > 1 || workers) return fleetOutput();
	if (process.stdout.isTTY) {
		const screen = new Screen();
		return {
			say: (text) => screen.say(text),
			show: (sample, judge) => screen.draw(screenLines(sample, judge.judgement, thresholds, screen.size.columns)),
		};
	}
	let shown = 0;
	return {
		say,
		show: (sample) => {
			if (shown++ % ROWS_PER_HEAD === 0) console.log(TABLE_HEAD);
			console.log(formatRow(sample));
		},
	};
}

/** The latest sample of each process, and their sum: on a terminal with every sample, elsewhere once per round. */
function fleetOutput(): Output {
	const rounds = new Rounds<string>();
	const screen = process.stdout.isTTY ? new Screen() : null;
	return {
		say: (text) => (screen ? screen.say(text) : console.error(text)),
		show: (sample) => {
			const isOver = rounds.take(threadName(sample.pid, sample.worker), sample);
			if (screen) screen.draw(fleetLines(rounds.latest));
			else if (isOver) console.log(fleetLines(rounds.latest).join("\n"));
		},
		forget: ({ pid, worker }) => rounds.forget(threadName(pid, worker?.id)),
	};
}

/** A table on a terminal that is drawn over; what is said stands above the next one. */
class Screen {
	private drawn = 0;

	say(text: string): void {
		console.error(text);
		this.drawn = 0;
	}

	/** A terminal may be made wider or narrower while it shows the table. */
	get size(): TerminalSize {
		const { columns, rows } = process.stdout;
		return { columns: columns || USUAL_SIZE.columns, rows: rows || USUAL_SIZE.rows };
	}

	draw(lines: readonly string[]): void {
		const shown = fitting(lines, this.size);
		process.stdout.write(redraw(shown, this.drawn));
		this.drawn = shown.length;
	}
}
