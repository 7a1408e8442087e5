/** Texts as editors hold them: the byte order mark is no part of the first line, so columns do not count it. */
export function withoutByteOrderMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** A zero byte stands in no source: it is a picture, a video (`.ts` names both), or text in another encoding than UTF-8. */
export function isBinary(text: string): boolean {
	return text.includes("\0");
}
