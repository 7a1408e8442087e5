import type { CheckReport, Finding, Severity } from "../../protocol/index.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice", hint: "notice" };

/**
 * A workflow command per finding, which GitHub shows as an annotation of its line.
 * @param pathOf where a finding's file is, relative to the repository
 */
export function githubAnnotations({ findings }: CheckReport, pathOf: (file: string) => string): readonly string[] {
	return findings.map((finding) => {
		const properties = Object.entries(propertiesOf(finding, pathOf)).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
		return `::${COMMANDS[finding.severity]} ${properties.join(",")}::${escaped(finding.message)}`;
	});
}

function propertiesOf({ file, line, column, endLine, endColumn, rule }: Finding, pathOf: (file: string) => string) {
	return { file: pathOf(file), line, col: column, endLine, endColumn, title: `Prisma Leak Lens: ${rule}` };
}

/** A line that begins with two colons is a command: what comes from a repository must not end the line. */
function escaped(text: string): string {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
	return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
