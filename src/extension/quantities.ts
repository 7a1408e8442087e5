import { l10n } from "vscode";
import { count } from "../protocol/index.js";

/** A number with its noun. Each is a text of its own: languages form their plurals differently. */
export function leaksText(number: number): string {
	return number === 1 ? l10n.t("1 Prisma leak") : l10n.t("{0} Prisma leaks", count(number));
}

export function findingsText(number: number): string {
	return number === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", count(number));
}

export function errorsText(number: number): string {
	return number === 1 ? l10n.t("1 error") : l10n.t("{0} errors", count(number));
}

export function warningsText(number: number): string {
	return number === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", count(number));
}

export function notesText(number: number): string {
	return number === 1 ? l10n.t("1 note") : l10n.t("{0} notes", count(number));
}

export function filesText(number: number): string {
	return number === 1 ? l10n.t("1 file") : l10n.t("{0} files", count(number));
}

export function packagesText(number: number): string {
	return number === 1 ? l10n.t("1 package") : l10n.t("{0} packages", count(number));
}

export function connectionsText(number: number): string {
	return number === 1 ? l10n.t("1 connection") : l10n.t("{0} connections", count(number));
}
