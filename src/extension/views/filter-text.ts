import { l10n } from "vscode";
import { SEVERITIES, type Severity } from "../../protocol/index.js";
import type { LeakFilter } from "./leak-filter.js";

/** How people call findings of a severity. */
export function severityName(severity: Severity): string {
	switch (severity) {
		case "error":
			return l10n.t("Errors");
		case "warning":
			return l10n.t("Warnings");
		case "info":
			return l10n.t("Notes");
		case "hint":
			return l10n.t("Hints");
	}
}

/** `“prisma.ts”`, `Errors, Warnings`, `“rooms” in Errors`. */
export function describeFilter({ text, severities }: LeakFilter): string {
	const quoted = text.trim() === "" ? null : l10n.t("“{0}”", text.trim());
	const names = severities.length < SEVERITIES.length ? severities.map(severityName).join(", ") : null;
	if (quoted === null) return names ?? "";
	return names === null ? quoted : l10n.t("{0} in {1}", quoted, names);
}
