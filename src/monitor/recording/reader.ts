import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { decodeEntry, decodeHeader, type Entry, type Header, segmentName, segmentNumbers, VERSION } from "./format.js";
import { BOUNDS } from "./writer.js";

/** A segment's last line may go beyond the bound; more than this was not written by us. */
const LONGEST_SEGMENT = 4 * BOUNDS.segmentBytes;
const LONGEST_HEADER = 8_192;

/** Where a recording cannot be read any further, in words for people. */
export type Damage = string;

export interface Outline {
	readonly header: Header;
	readonly bytes: number;
	/** When it was last written to, in milliseconds since the epoch. */
	readonly writtenAt: number;
}

/** The header and the size of a recording, without reading it; null when it has no readable beginning. */
export async function outlineOf(folder: string): Promise<Outline | null> {
	const segments = await segmentsOf(folder);
	const [first] = segments;
	if (first === undefined) return null;
	const header = decodeHeader(await firstLine(join(folder, first)));
	if (header === null) return null;
	const files = await Promise.all(segments.map((name) => stat(join(folder, name))));
	return {
		header,
		bytes: files.reduce((sum, { size }) => sum + size, 0),
		writtenAt: Math.max(...files.map(({ mtimeMs }) => mtimeMs)),
	};
}

/**
 * The entries of a recording in order, one segment in memory at a time, up to the first damage; returns what the damage is, null when
 * there is none. The last line of a segment that a crash cut off is passed over.
 */
export async function* entriesOf(folder: string): AsyncGenerator<Entry, Damage | null> {
	for (const name of await segmentsOf(folder)) {
		const path = join(folder, name);
		if ((await stat(path)).size > LONGEST_SEGMENT) return `${name} is larger than a recording's part can be.`;
		const damage = yield* entriesIn(name, await readFile(path, "utf8"));
		if (damage !== null) return damage;
	}
	return null;
}

function* entriesIn(name: string, text: string): Generator<Entry, Damage | null> {
	const lines = text.split("\n");
	lines.pop();
	const [head, ...rest] = lines;
	if (head === undefined) return null;
	const header = decodeHeader(head);
	if (header === null) return `${name} does not begin as a recording does.`;
	if (header.version > VERSION) return `${name} was written by a later version of Prisma Leak Lens. Update the extension to read it.`;
	for (const [index, line] of rest.entries()) {
		const entry = decodeEntry(line);
		if (entry === null) return `Line ${index + 2} of ${name} is damaged.`;
		yield entry;
	}
	return null;
}

async function firstLine(path: string): Promise<string> {
	const handle = await open(path, "r");
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEADER), 0, LONGEST_HEADER, 0);
		return buffer.toString("utf8", 0, bytesRead).split("\n", 1)[0] ?? "";
	} finally {
		await handle.close();
	}
}

async function segmentsOf(folder: string): Promise<readonly string[]> {
	return segmentNumbers(await readdir(folder)).map(segmentName);
}
