import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TargetInfo } from "../../protocol/index.js";
import { isRecordingId } from "./format.js";
import { outlineOf } from "./reader.js";

export interface RecordingInfo {
	readonly id: string;
	readonly startedAt: number;
	readonly target: TargetInfo;
	readonly bytes: number;
	/** When it was last written to, in milliseconds since the epoch. */
	readonly writtenAt: number;
}

/** The recordings in a folder, the latest first. A folder that is not there holds none; what has no readable beginning is left out. */
export async function listRecordings(folder: string): Promise<readonly RecordingInfo[]> {
	const ids = (await idsIn(folder)).reverse();
	const found = await Promise.all(
		ids.map(async (id) => {
			const outline = await outlineOf(join(folder, id)).catch(() => null);
			if (outline === null) return [];
			const { header, bytes, writtenAt } = outline;
			return [{ id, startedAt: header.startedAt, target: header.target, bytes, writtenAt }];
		}),
	);
	return found.flat();
}

export async function deleteRecording(folder: string, id: string): Promise<void> {
	await rm(recordingPath(folder, id), { recursive: true, force: true });
}

/** Deletes the oldest recordings until all of them together take no more than `bytes`; the latest one always stays. */
export async function trimRecordings(folder: string, bytes: number): Promise<void> {
	let sum = 0;
	for (const [index, recording] of (await listRecordings(folder)).entries()) {
		sum += recording.bytes;
		if (index > 0 && sum > bytes) await deleteRecording(folder, recording.id);
	}
}

/** @throws when `id` is not the name of a recording: it may come from a message, and must not lead out of the folder. */
export function recordingPath(folder: string, id: string): string {
	if (!isRecordingId(id)) throw new Error(`"${id}" is not the name of a recording.`);
	return join(folder, id);
}

async function idsIn(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw error;
	});
	return names.filter(isRecordingId).sort();
}
