/** How a session is recorded. */
import { type Guard, isAmount, isNullOr, isShape, isText } from "./guard.js";
import { isMessage, isPid } from "./session-guard.js";

export interface RecordingOptions {
	/** Absolute path of the folder that holds all recordings. */
	readonly folder: string;
	/** A recording of the same process to go on with, as after the window was reloaded. */
	readonly continues: RecordingRef | null;
	/** Bytes that all recordings may take together; the oldest are deleted. */
	readonly limitBytes: number;
}

export interface RecordingRef {
	readonly id: string;
	readonly pid: number;
}

/** Told when a recording begins, when writing fails and when it works again. `problem` is for people. */
export interface RecordingStatus {
	readonly id: string;
	readonly problem: string | null;
}

export const isRecordingRef: Guard<RecordingRef> = isShape<RecordingRef>({ id: isText(60), pid: isPid });

export const isRecordingOptions: Guard<RecordingOptions> = isShape<RecordingOptions>({
	folder: isText(4_096),
	continues: isNullOr(isRecordingRef),
	limitBytes: isAmount,
});

export const isRecordingStatus: Guard<RecordingStatus> = isShape<RecordingStatus>({ id: isText(60), problem: isNullOr(isMessage) });
