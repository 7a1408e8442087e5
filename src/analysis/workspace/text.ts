import { MAX_SOURCE_BYTES } from "./names.js";

/** Texts as editors hold them: the byte order mark is no part of the first line, so columns do not count it. */
export function withoutByteOrderMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * Whether a text is a picture, a video (`.ts` names both), or text in another encoding than UTF-8: zero bytes with bytes that are no
 * UTF-8, or more zero bytes than the few that people type as separators.
 */
export function isBinary(text: string): boolean {
	const first = text.indexOf("\0");
	return first >= 0 && (text.includes("\uFFFD") || text.split("\0", 1 + text.length / 100).length > text.length / 100);
}

/** Why a source of that size is left out. */
export const TOO_LARGE = `It is larger than ${MAX_SOURCE_BYTES / 1e6} MB.`;

/** Whether a text would be left out if it were on disk. */
export function isTooLarge(text: string): boolean {
	// A UTF-16 unit takes at most three bytes, so that most texts need no counting.
	return text.length * 3 > MAX_SOURCE_BYTES && Buffer.byteLength(text) > MAX_SOURCE_BYTES;
}
