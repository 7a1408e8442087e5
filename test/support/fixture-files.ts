/** The files of a text that holds several: `=== path` begins one. Other marks begin other parts, `>>> path` what a fix makes of a file. */
export function fixtureFiles(text: string, mark: "===" | ">>>" = "==="): Map<string, string> {
	const parts = text.split(/^(?====|>>>)/m).filter((part) => part.startsWith(mark));
	return new Map(
		parts.map((part) => {
			const end = part.indexOf("\n");
			return [part.slice(mark.length, end).trim(), part.slice(end + 1)] as const;
		}),
	);
}
