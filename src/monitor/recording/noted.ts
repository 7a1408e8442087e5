/** Notes beside the samples that they are about, as exported files have them: one that reads samples alone passes over them. */
import { isListOf, isNote, isSample, MARK_LIMIT, type Note, type Sample } from "../../protocol/index.js";

/** A line of an exported file. */
export interface NotedSample {
	readonly sample: Sample;
	/** About a time from this sample's on until the next one's. */
	readonly notes: readonly Note[];
}

const isNotes = isListOf(isNote, MARK_LIMIT);

/** Lays notes beside samples, which are in the order of time. One that is about a time before all samples lies beside the first. */
export async function* withNotes(
	samples: AsyncIterable<Sample> | Iterable<Sample>,
	notes: readonly Note[],
): AsyncGenerator<NotedSample, void> {
	const waiting = [...notes].sort((a, b) => a.t - b.t);
	let held: Sample | null = null;
	for await (const sample of samples) {
		const later = waiting.findIndex(({ t }) => t >= sample.t);
		if (held !== null) yield { sample: held, notes: waiting.splice(0, later === -1 ? waiting.length : later) };
		held = sample;
	}
	if (held !== null) yield { sample: held, notes: waiting };
}

export function jsonLineOf({ sample, notes }: NotedSample): string {
	return `${JSON.stringify(notes.length === 0 ? sample : { ...sample, notes })}\n`;
}

/** The sample in a line with its notes; null when there is none. */
export function notedSampleIn(line: string): NotedSample | null {
	try {
		const value: unknown = JSON.parse(line);
		if (!isSample(value)) return null;
		if (!("notes" in value)) return { sample: value, notes: [] };
		const { notes, ...sample } = value;
		return { sample, notes: isNotes(notes) ? notes : [] };
	} catch {
		return null;
	}
}
