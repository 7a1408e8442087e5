/**
 * How a recording lies on disk: a folder of segments, each a text of lines `CRC JSON`, the first of them a header. Lines are only ever
 * appended. What follows a whole line but does not end with a newline was cut off by a crash and is no damage.
 */
import { crc32 } from "node:zlib";
import {
	type Guard,
	isAmount,
	isInteger,
	isLiteral,
	isMessage,
	isOneOf,
	isOptional,
	isSample,
	isShape,
	isTargetInfo,
	isText,
	type Sample,
	type TargetInfo,
} from "../../protocol/index.js";

/** Readers refuse what a later version wrote; a change that older readers can pass over needs no new one. */
export const VERSION = 1;

export interface Header {
	readonly format: "prisma-leak-lens-recording";
	readonly version: number;
	readonly startedAt: number;
	readonly target: TargetInfo;
}

export type Entry =
	| { readonly kind: "sample"; readonly sample: Sample }
	/**
	 * Something that happened: the process ended, the monitor was detached. `note`: the reader's own words, which may be about a time that has
	 * passed. Readers from before there were notes show them as what happened.
	 */
	| { readonly kind: "mark"; readonly t: number; readonly text: string; readonly note?: true };

export const isHeader: Guard<Header> = isShape<Header>({
	format: isLiteral("prisma-leak-lens-recording"),
	version: isInteger(1, 1_000_000),
	startedAt: isAmount,
	target: isTargetInfo,
});

type EntryOf<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

const isEntry: Guard<Entry> = isOneOf(
	isShape<EntryOf<"sample">>({ kind: isLiteral("sample"), sample: isSample }),
	isShape<EntryOf<"mark">>({ kind: isLiteral("mark"), t: isAmount, text: isMessage, note: isOptional(isLiteral(true)) }),
);

const ID = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d+)(?:-(\d+))?(?:_\d+)?$/;

export const isRecordingId: Guard<string> = (value): value is string => isText(60)(value) && ID.test(value);

/**
 * The name of a recording's folder: when it began (UTC), the pid, and the thread where it is not the main one. It sorts by time. Where it is
 * taken, a number follows: `newRecording`.
 */
export function recordingId(startedAt: number, { pid, worker }: Pick<TargetInfo, "pid" | "worker">): string {
	const [day = "", time = ""] = new Date(startedAt)
		.toISOString()
		.replace(/[-:]|\..*$/g, "")
		.split("T");
	return [day, time, pid, ...(worker === undefined ? [] : [worker.id])].join("-");
}

/** What the name of a recording's folder says of it: when it began, to the second, and of whom it is. */
export function readRecordingId(id: string): { readonly startedAt: number; readonly pid: number; readonly worker: number | null } {
	const [, ...groups] = ID.exec(id) ?? [];
	const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, pid = 0, worker] = groups.map(Number);
	const startedAt = Date.UTC(year, month - 1, day, hours, minutes, seconds);
	return { startedAt, pid, worker: worker === undefined || Number.isNaN(worker) ? null : worker };
}

export function segmentName(number: number): string {
	return `${String(number).padStart(6, "0")}.log`;
}

/** The number of a segment's file; null for other files. */
function segmentNumber(name: string): number | null {
	const digits = /^(\d{6})\.log$/.exec(name)?.[1];
	return digits === undefined ? null : Number(digits);
}

/** The numbers of the segments among a folder's files, in order. */
export function segmentNumbers(names: readonly string[]): number[] {
	return names.flatMap((name) => segmentNumber(name) ?? []).sort((a, b) => a - b);
}

export function encodeLine(value: Header | Entry): string {
	const json = JSON.stringify(value);
	return `${checksum(json)} ${json}\n`;
}

/** The value of a line without its newline; undefined when it is damaged. */
function decodeLine(line: string): unknown {
	const json = line.slice(9);
	if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) return undefined;
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

export function decodeHeader(line: string): Header | null {
	const value = decodeLine(line);
	return isHeader(value) ? value : null;
}

export function decodeEntry(line: string): Entry | null {
	const value = decodeLine(line);
	return isEntry(value) ? value : null;
}

function checksum(text: string): string {
	return crc32(text).toString(16).padStart(8, "0");
}
