import type { Finding } from "../../src/protocol/index.js";
import { check, type Files } from "./support.js";

/** `warning src/db.ts "20"` for every finding of a rule: severity, file, and the text it stands on. */
export async function found(rule: string, files: Files): Promise<string[]> {
	return (await findingsOf(rule, files)).map((finding) => `${finding.severity} ${finding.file} ${textAt(files, finding)}`);
}

export async function findingsOf(rule: string, files: Files): Promise<readonly Finding[]> {
	return (await check(files)).filter((finding) => finding.rule === rule);
}

export function textAt(files: Files, { file, line, column, endLine, endColumn }: Finding): string {
	const text = files[file]?.split("\n")[line - 1] ?? "";
	return line === endLine ? text.slice(column - 1, endColumn - 1) : text.slice(column - 1);
}
