import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isSample, type Sample } from "../../src/protocol/index.js";

const FOLDER = join(import.meta.dirname, "..", "fixtures", "recordings");

/** The samples of a real process, recorded with `npm run record-series`. */
export function recordedSeries(name: string): readonly Sample[] {
	const text = gunzipSync(readFileSync(join(FOLDER, `${name}.jsonl.gz`))).toString("utf8");
	return text
		.trimEnd()
		.split("\n")
		.map((line) => {
			const sample: unknown = JSON.parse(line);
			if (!isSample(sample)) throw new Error(`${name} holds a line that is no sample: ${line.slice(0, 200)}`);
			return sample;
		});
}
