/** Recordings as other programs read them: JSON lines and CSV. */
import { createReadStream, createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { databaseConnections, MARK_LIMIT, type Note, type Sample, type TargetInfo } from "../../protocol/index.js";
import { newRecording, recordingPath } from "./library.js";
import { jsonLineOf, type NotedSample, notedSampleIn, withNotes } from "./noted.js";
import { type Damage, entriesOf } from "./reader.js";
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

/**
 * Writes the samples of a recording to a file, with the notes about them: one JSON object a line, or a table with a head. Returns what
 * of it could not be read.
 */
export async function exportRecording(folder: string, id: string, path: string, format: ExportFormat): Promise<Damage | null> {
	const recording = recordingPath(folder, id);
	const notes = await notesOf(recording);
	let damage: Damage | null = null;
	async function* samples(): AsyncGenerator<Sample> {
		const entries = entriesOf(recording);
		for (let next = await entries.next(); ; next = await entries.next()) {
			if (next.done) {
				damage = next.value;
				return;
			}
			if (next.value.kind === "sample") yield next.value.sample;
		}
	}
	await pipeline(Readable.from(linesOf(samples(), notes, format)), createWriteStream(path));
	return damage;
}

/** Samples as a file of their own, with the notes about them. */
export async function formatSamples(samples: readonly Sample[], notes: readonly Note[], format: ExportFormat): Promise<string> {
	const lines: string[] = [];
	for await (const line of linesOf(samples, notes, format)) lines.push(line);
	return lines.join("");
}

/** A note is written after samples of later times, so that all are read before the first line. The latest are kept. */
async function notesOf(recording: string): Promise<readonly Note[]> {
	const notes: Note[] = [];
	for await (const entry of entriesOf(recording)) {
		if (entry.kind !== "mark" || entry.note !== true) continue;
		notes.push({ t: entry.t, text: entry.text });
		if (notes.length > MARK_LIMIT) notes.shift();
	}
	return notes;
}

async function* linesOf(
	samples: AsyncIterable<Sample> | Iterable<Sample>,
	notes: readonly Note[],
	format: ExportFormat,
): AsyncGenerator<string> {
	if (format === "csv") yield `${[...COLUMNS.map(([name]) => name), "notes"].join(",")}\n`;
	for await (const noted of withNotes(samples, notes)) yield format === "csv" ? row(noted) : jsonLineOf(noted);
}

/** Nothing but the notes needs quotes: the rest are times and numbers. */
function row({ sample, notes }: NotedSample): string {
	return `${[...COLUMNS.map(([, value]) => value(sample) ?? ""), quoted(notes.map(({ text }) => text).join("; "))].join(",")}\n`;
}

/** A spreadsheet would run what begins like a formula; a recording may be somebody else's. */
function quoted(text: string): string {
	if (text === "") return "";
	return `"${/^[=+\-@\t\r]/.test(text) ? "'" : ""}${text.replaceAll('"', '""')}"`;
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
		const noted = notedSampleIn(text);
		if (noted === null) {
			brokenLine = line;
			break;
		}
		const { sample, notes } = noted;
		recording ??= begin(folder, sample, basename(path), (told) => {
			problem = told;
		});
		recording.writer.append({ kind: "sample", sample });
		for (const { t, text } of notes) recording.writer.append({ kind: "mark", t, text, note: true });
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
