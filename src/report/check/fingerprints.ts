import { createHash } from "node:crypto";
import { type Finding, withoutCredentials } from "../../protocol/index.js";

/** Finds a finding again in a later state of its file: 32 hexadecimal digits. */
export type Fingerprint = string;

/**
 * A fingerprint for each finding: its rule, its file, the words of its line, and which of several alike it is. Lines that move keep
 * it, indented otherwise too; a file that is renamed does not.
 * @param textOf what a file holds; null when it cannot be read
 */
export function fingerprintsOf(findings: readonly Finding[], textOf: (file: string) => string | null): ReadonlyMap<Finding, Fingerprint> {
	const lines = new Map<string, readonly string[]>();
	const seen = new Map<string, number>();
	return new Map(
		findings.map((finding) => {
			const { rule, file } = finding;
			const known = lines.get(file) ?? (textOf(file) ?? "").split(/\r\n|\r|\n/);
			lines.set(file, known);
			// A password must not be guessed from a fingerprint, nor be a reason for another one.
			const words = withoutCredentials(known[finding.line - 1] ?? "")
				.trim()
				.replace(/\s+/g, " ");
			const kind = JSON.stringify([rule, file, words]);
			const alike = seen.get(kind) ?? 0;
			seen.set(kind, alike + 1);
			return [finding, createHash("sha256").update(`${kind}${alike}`).digest("hex").slice(0, 32)];
		}),
	);
}
