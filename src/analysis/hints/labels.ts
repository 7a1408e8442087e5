/** Longest label that does not push the code it stands beside out of sight. */
const MAX_LABEL = 40;

/** As many parts, in order, as the label's length allows; null without any. */
export function fitting(parts: readonly (string | null)[]): string | null {
	let label: string | null = null;
	for (const part of parts) {
		if (part === null) continue;
		const longer: string = label === null ? part : `${label} · ${part}`;
		if (longer.length <= MAX_LABEL) label = longer;
	}
	return label;
}
