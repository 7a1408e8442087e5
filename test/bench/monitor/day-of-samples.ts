/** Takes in samples by a simulated clock, one a second, and prints as JSON what that leaves in the heap. Needs `--expose-gc`. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROFILES, thresholdsOf } from "../../../src/config/index.js";
import { Judge, PrometheusExporter } from "../../../src/monitor/index.js";
import { RecordingWriter } from "../../../src/monitor/recording/writer.js";
import type { Sample } from "../../../src/protocol/index.js";
import { controllerOnPort } from "../../extension/monitor/port.js";
import { sampleOf } from "../../monitor/samples.js";

const HOUR_S = 3_600;
/** Lines that wait for the disk are bounded, so the disk is waited for. */
const FLUSH_EVERY = 300;
const TARGET = { pid: 1, title: "server.js", nodeVersion: "v20", inspector: "127.0.0.1:1", openedByUs: true };

/** A server that breathes, with an outlier each ten minutes. */
function sampleAt(second: number): Sample {
	const wave = Math.sin(second / 50);
	const outlier = second % 600 === 0 ? 40 : 0;
	return sampleOf({
		t: second * 1_000,
		external: 10 + wave + outlier,
		native: 80 + 5 * wave,
		old: 30 + 3 * wave,
		connections: 1 + (second % 4),
	});
}

function heapMb(): number {
	for (let round = 0; round < 3; round++) globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

/** What the monitor process and the command line keep: the recording, the judgement and the exported metrics. */
async function watchers(folder: string) {
	const judge = new Judge(thresholdsOf(PROFILES.production));
	const exporter = new PrometheusExporter();
	const writer = new RecordingWriter(folder, TARGET, (problem) => {
		if (problem !== null) throw new Error(problem);
	});
	const takeIn = async (from: number, to: number): Promise<number> => {
		for (let second = from; second < to; second++) {
			const sample = sampleAt(second);
			judge.next(sample);
			exporter.next(sample, judge.judgement);
			writer.append({ kind: "sample", sample });
			if (second % FLUSH_EVERY === 0) await writer.written();
		}
		await writer.written();
		return heapMb();
	};
	const early = await takeIn(0, 2 * HOUR_S);
	const late = await takeIn(2 * HOUR_S, 24 * HOUR_S);
	await writer.close();
	return { early, late, bytes: readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) };
}

/** What the extension keeps for its charts: a day. */
function charts() {
	const { controller, events, attach } = controllerOnPort();
	attach();
	const takeIn = (from: number, to: number): number => {
		for (let second = from; second < to; second++) events.sample(sampleAt(second));
		return heapMb();
	};
	const early = takeIn(0, 24 * HOUR_S);
	return { early, late: takeIn(24 * HOUR_S, 48 * HOUR_S), kept: controller.history.snapshot().samples.length };
}

async function main(folder: string): Promise<void> {
	console.log(JSON.stringify({ watchers: await watchers(folder), charts: charts() }));
}

void main(process.argv[2] ?? "");
