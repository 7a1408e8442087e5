import { openDatabaseConnections } from "./connections.js";
import type { Sample } from "./sample.js";

/**
 * Thins samples to the extremes of each bucket of `bucketMs`: those with the lowest and highest rss and number of database
 * connections, at most four. They are real samples, so no peak is lost and no value is made up. Buckets are aligned to the
 * epoch, so a view that slides does not flicker.
 */
export function decimate(samples: readonly Sample[], bucketMs: number): readonly Sample[] {
	const kept: Sample[] = [];
	let start = 0;
	while (start < samples.length) {
		const bucket = bucketOf(samples[start], bucketMs);
		let end = start + 1;
		while (end < samples.length && bucketOf(samples[end], bucketMs) === bucket) end += 1;
		kept.push(...extremes(samples.slice(start, end)));
		start = end;
	}
	return kept;
}

function bucketOf(sample: Sample | undefined, bucketMs: number): number {
	return Math.floor((sample?.t ?? 0) / bucketMs);
}

function extremes(samples: readonly Sample[]): readonly Sample[] {
	if (samples.length <= 2) return samples;
	const chosen = new Set<Sample>();
	for (const measure of [rss, openDatabaseConnections]) {
		chosen.add(samples.reduce((lowest, sample) => (measure(sample) < measure(lowest) ? sample : lowest)));
		chosen.add(samples.reduce((highest, sample) => (measure(sample) > measure(highest) ? sample : highest)));
	}
	return samples.filter((sample) => chosen.has(sample));
}

function rss(sample: Sample): number {
	return sample.memory.rss;
}
