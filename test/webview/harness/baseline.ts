/** Test fixture: an earlier run of the same server that took more of everything, and what has become of it. */
import { baselineOf } from "../../../src/extension/monitor/baseline.js";
import { Comparing } from "../../../src/extension/monitor/comparing.js";
import { SampleLog } from "../../../src/extension/monitor/sample-log.js";
import type { BaselineRun, Comparison, Sample } from "../../../src/protocol/index.js";
import { fullSampleAt, seconds } from "./samples.js";

const EARLIER_MS = 3_600_000;
const EARLIER_PID = 4_000;

/** What the page is told of a run of `before` seconds, an hour ago, beside one of `after` seconds. */
export function compared(before: number, after: number): { readonly baseline: BaselineRun; readonly comparison: Comparison } {
	const input = { name: "src/server.js", damage: null, here: null, recording: null };
	const baseline = baselineOf({ ...input, history: logOf(seconds(0, before).map(worseSampleAt)).history });
	if (baseline === null) throw new Error("The run before has no sample.");
	return { baseline: baseline.run, comparison: new Comparing(baseline, logOf(seconds(0, after).map(fullSampleAt)), 0).comparison() };
}

function logOf(samples: readonly Sample[]): SampleLog {
	const log = new SampleLog();
	log.begin(1_000);
	for (const sample of samples) log.push(sample);
	return log;
}

function worseSampleAt(second: number): Sample {
	const sample = fullSampleAt(second);
	const { memory } = sample;
	const [external, native] = [memory.external * 1.6, memory.native * 1.3];
	const outsideHeap = external + native;
	return {
		...sample,
		t: sample.t - EARLIER_MS,
		pid: EARLIER_PID,
		memory: { ...memory, external, native, outsideHeap, rss: memory.heapTotal + outsideHeap },
		connections: sample.connections.map((connection) => ({ ...connection, process: 12, kernel: 12 })),
	};
}
