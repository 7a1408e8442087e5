/** All samples of a recording, from the folder that it lies in or from a file with a sample a line. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import type { Sample } from "../../protocol/index.js";
import { notedSampleIn } from "./noted.js";
import { entriesOf, outlineOf } from "./reader.js";

export interface RecordedSamples {
	/** What it is called: the process that was watched, or the file. */
	readonly name: string;
	readonly samples: readonly Sample[];
	/** What of it could not be read, in words for people; null when all of it was. */
	readonly damage: string | null;
}

/** @param path absolute. @throws Error in words for people when there is no sample in it */
export async function readSamples(path: string): Promise<RecordedSamples> {
	const found = await stat(path).catch(() => null);
	if (found === null) throw new Error(`There is no recording ${path}.`);
	const recorded = found.isDirectory() ? await fromFolder(path) : await fromFile(path);
	if (recorded.samples.length > 0) return recorded;
	throw new Error(
		`${path} holds no samples${recorded.damage === null ? "" : ` (${recorded.damage})`}: it takes a file with a sample a line, as "monitor --format ndjson" prints them, or the folder of a recording.`,
	);
}

async function fromFolder(folder: string): Promise<RecordedSamples> {
	const outline = await outlineOf(folder);
	const samples: Sample[] = [];
	const entries = entriesOf(folder);
	for (let next = await entries.next(); ; next = await entries.next()) {
		if (next.done) return { name: outline?.header?.target.title ?? basename(folder), samples, damage: next.value };
		if (next.value.kind === "sample") samples.push(next.value.sample);
	}
}

async function fromFile(path: string): Promise<RecordedSamples> {
	const input = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
	const name = basename(path);
	const samples: Sample[] = [];
	let line = 0;
	for await (const text of input) {
		line += 1;
		if (text.trim() === "") continue;
		const noted = notedSampleIn(text);
		if (noted === null) return { name, samples, damage: `Line ${line} of ${name} is no sample.` };
		samples.push(noted.sample);
	}
	return { name, samples, damage: null };
}
