import { type Judge, Rounds } from "../monitor/index.js";
import type { Sample, TargetInfo } from "../protocol/index.js";
import type { Command } from "./monitor-command.js";
import { redraw, screenLines } from "./monitor-screen.js";
import { fleetLines, formatRow, TABLE_HEAD, threadName } from "./monitor-table.js";

export interface Output {
	show(sample: Sample, judge: Judge): void;
	/** Something besides the samples, on stderr. */
	say(text: string): void;
	/** A process, or a thread of one, that is not watched any more. */
	forget?(target: TargetInfo): void;
}

/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;
const ROWS_PER_HEAD = 20;

/** A line of JSON a sample; else for people, drawn over on a terminal and line after line elsewhere. */
export function outputOf({ format, targets, workers, thresholds }: Command): Output {
	const say = (text: string) => console.error(text);
	if (format === "ndjson") return { say, show: (sample) => void process.stdout.write(`${JSON.stringify(sample)}\n`) };
	if (targets.length > 1 || workers) return fleetOutput();
	if (process.stdout.isTTY) {
		const screen = new Screen();
		return { say: (text) => screen.say(text), show: (sample, judge) => screen.draw(screenLines(sample, judge.judgement, thresholds)) };
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

	draw(lines: readonly string[]): void {
		process.stdout.write(redraw(lines, this.drawn, process.stdout.columns || USUAL_COLUMNS));
		this.drawn = lines.length;
	}
}
