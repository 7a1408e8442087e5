/** Recordings as other programs read them: JSON lines and CSV. */
import { createReadStream, createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { databaseConnections, type Sample, type TargetInfo } from "../../protocol/index.js";
import { newRecording, recordingPath } from "./library.js";
import { type Damage, entriesOf } from "./reader.js";
import { sampleIn } from "./samples.js";
import { RecordingWriter } from "./writer.js";

export type ExportFormat = "jsonl" | "csv";

type Cell = string | number | null | undefined;

const COLUMNS: readonly (readonly [name: string, value: (sample: Sample) => Cell])[] = [
	["time", ({ t }) => new Date(t).toISOString()],
	["pid", ({ pid }) => pid],
	["rss", ({ memory }) => memory.rss],
	["heapTotal", ({ memory }) => memory.heapTotal],
	["heapUsed", ({ memory }) => memory.heapUsed],
	["external", ({ memory }) => memory.external],
	["arrayBuffers", ({ memory }) => memory.arrayBuffers],
	["native", ({ memory }) => memory.native],
	["outsideHeap", ({ memory }) => memory.outsideHeap],
	["cpu", ({ cpu }) => cpu],
	["databaseConnectionsProcess", (sample) => databaseConnections(sample).process],
	["databaseConnectionsKernel", (sample) => databaseConnections(sample).kernel],
	["clients", ({ clients }) => clients?.live],
	["queries", ({ queries }) => queries?.count],
	["queryAverageMs", ({ queries }) => queries?.duration?.avg],
	["queryP95Ms", ({ queries }) => queries?.duration?.p95],
	["openTransactions", ({ transactions }) => transactions?.open],
	["transactionAverageMs", ({ transactions }) => transactions?.duration?.avg],
	["eventLoopUtilization", ({ eventLoop }) => eventLoop?.utilization],
];

/** Writes the samples of a recording to a file: one JSON object a line, or a table with a head. Returns the damage it stopped at. */
export async function exportRecording(folder: string, id: string, path: string, format: ExportFormat): Promise<Damage | null> {
	let damage: Damage | null = null;
	async function* lines(): AsyncGenerator<string> {
		yield headOf(format);
		const entries = entriesOf(recordingPath(folder, id));
		for (let next = await entries.next(); ; next = await entries.next()) {
			if (next.done) {
				damage = next.value;
				return;
			}
			if (next.value.kind === "sample") yield lineOf(next.value.sample, format);
		}
	}
	await pipeline(Readable.from(lines()), createWriteStream(path));
	return damage;
}

/** Samples as a file of their own. */
export function formatSamples(samples: readonly Sample[], format: ExportFormat): string {
	return headOf(format) + samples.map((sample) => lineOf(sample, format)).join("");
}

function headOf(format: ExportFormat): string {
	return format === "csv" ? `${COLUMNS.map(([name]) => name).join(",")}\n` : "";
}

function lineOf(sample: Sample, format: ExportFormat): string {
	return format === "csv" ? row(sample) : `${JSON.stringify(sample)}\n`;
}

/** Nothing in a row needs quotes: times and numbers only. */
function row(sample: Sample): string {
	return `${COLUMNS.map(([, value]) => value(sample) ?? "").join(",")}\n`;
}

export interface Imported {
	readonly id: string;
	readonly samples: number;
	/** The first line that is no sample, from 1; what follows it was left out. */
	readonly brokenLine: number | null;
}

/** Makes a recording of a file with a sample a line. @throws when there is no sample in its first line. */
export async function importRecording(folder: string, path: string): Promise<Imported> {
	const input = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
	let recording: { readonly id: string; readonly writer: RecordingWriter } | null = null;
	let problem: string | null = null;
	let samples = 0;
	let line = 0;
	let brokenLine: number | null = null;
	for await (const text of input) {
		line += 1;
		if (text.trim() === "") continue;
		const sample = sampleIn(text);
		if (sample === null) {
			brokenLine = line;
			break;
		}
		recording ??= begin(folder, sample, basename(path), (told) => {
			problem = told;
		});
		recording.writer.append({ kind: "sample", sample });
		await recording.writer.written();
		if (problem !== null) throw new Error(problem);
		samples += 1;
	}
	await recording?.writer.close();
	if (recording === null)
		throw new Error(`${basename(path)} holds no samples: it takes a file with one JSON object a line, as exported here.`);
	return { id: recording.id, samples, brokenLine };
}

function begin(folder: string, { t, pid }: Sample, name: string, onProblem: (problem: string | null) => void) {
	const id = newRecording(folder, t, { pid });
	const target: TargetInfo = { pid, title: name.slice(0, 200), nodeVersion: "", inspector: "", openedByUs: false };
	return { id, writer: new RecordingWriter(join(folder, id), target, onProblem) };
}
