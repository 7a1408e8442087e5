import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeEntry, decodeHeader, type Entry, type Header, segmentName, segmentNumbers, VERSION } from "./format.js";
import { BOUNDS } from "./writer.js";

/** A segment's last line may go beyond the bound; more than this was not written by us. */
const LONGEST_SEGMENT = 4 * BOUNDS.segmentBytes;
const LONGEST_HEADER = 8_192;

/** What of a recording cannot be read, in words for people. */
export type Damage = string;

/** So many damaged segments are named. */
const MOST_NAMED = 3;

export interface Outline {
	/** The first that can be read; null when none can. */
	readonly header: Header | null;
	/** Whether it is not that of the first segment, which is damaged. */
	readonly isLater: boolean;
	readonly bytes: number;
	/** When it was last written to, in milliseconds since the epoch. */
	readonly writtenAt: number;
}

/** The header and the size of a recording, without reading it; null when nothing was recorded. */
export async function outlineOf(folder: string): Promise<Outline | null> {
	const segments = await segmentsOf(folder);
	if (segments.length === 0) return null;
	const headers = await Promise.all(segments.map((name) => headerOf(join(folder, name)).catch(() => null)));
	const files = await Promise.all(segments.map((name) => stat(join(folder, name))));
	return {
		header: headers.find((header) => header !== null) ?? null,
		isLater: headers[0] === null,
		bytes: files.reduce((sum, { size }) => sum + size, 0),
		writtenAt: Math.max(...files.map(({ mtimeMs }) => mtimeMs)),
	};
}

/**
 * The entries of a recording in order, one segment in memory at a time. Every line has a checksum of its own, so what is damaged is passed
 * over and the rest is read; returns what the damage is, null when there is none. The last line of a segment that a crash cut off is none.
 */
export async function* entriesOf(folder: string): AsyncGenerator<Entry, Damage | null> {
	const damages: Damage[] = [];
	for (const name of await segmentsOf(folder)) {
		const segment = await readSegment(folder, name);
		const damage = segment.kind === "read" ? yield* entriesIn(name, segment.text) : segment.damage;
		if (damage !== null) damages.push(damage);
	}
	return damageOf(damages);
}

type Segment = { readonly kind: "read"; readonly text: string } | { readonly kind: "unreadable"; readonly damage: Damage };

async function readSegment(folder: string, name: string): Promise<Segment> {
	const path = join(folder, name);
	try {
		if ((await stat(path)).size > LONGEST_SEGMENT)
			return { kind: "unreadable", damage: `${name} is larger than a recording's part can be.` };
		return { kind: "read", text: await readFile(path, "utf8") };
	} catch (error) {
		return { kind: "unreadable", damage: `${name} cannot be read (${error instanceof Error ? error.message : String(error)}).` };
	}
}

function* entriesIn(name: string, text: string): Generator<Entry, Damage | null> {
	const lines = text.split("\n");
	lines.pop();
	const [head, ...rest] = lines;
	if (head === undefined) return null;
	const header = decodeHeader(head);
	if (header !== null && header.version > VERSION)
		return `${name} was written by a later version of Prisma Leak Lens. Update the extension to read it.`;
	const damaged = header === null ? [1] : [];
	for (const [index, line] of rest.entries()) {
		const entry = decodeEntry(line);
		if (entry === null) damaged.push(index + 2);
		else yield entry;
	}
	return damageIn(name, damaged);
}

/** @param lines that are damaged, from 1 */
function damageIn(name: string, lines: readonly number[]): Damage | null {
	const [first] = lines;
	if (first === undefined) return null;
	if (lines.length === 1) return `Line ${first} of ${name} is damaged.`;
	return `${lines.length} lines of ${name} are damaged, the first of them line ${first}.`;
}

function damageOf(damages: readonly Damage[]): Damage | null {
	if (damages.length === 0) return null;
	const more = damages.length - MOST_NAMED;
	const others = more <= 0 ? [] : [more === 1 ? "One more part is damaged." : `${more} more parts are damaged.`];
	return [...damages.slice(0, MOST_NAMED), ...others].join(" ");
}

async function headerOf(path: string): Promise<Header | null> {
	const handle = await open(path, "r");
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
		return decodeHeader(buffer.toString("utf8", 0, bytesRead).split("\n", 1)[0] ?? "");
	} finally {
		await handle.close();
	}
}

async function segmentsOf(folder: string): Promise<readonly string[]> {
	return segmentNumbers(await readdir(folder)).map(segmentName);
}
