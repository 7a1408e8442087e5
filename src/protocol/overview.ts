/** The overview of all findings: plain data that the language server sends once and then keeps up to date, file by file. */
import type { AnalysisState } from "./analysis.js";
import { type Evidence, isEvidence } from "./evidence.js";
import { type Estimate, isSeverity, type Severity, type TextRange, type UnreadFile } from "./finding.js";
import {
	type Guard,
	isAmount,
	isBoolean,
	isInteger,
	isListOf,
	isLiteral,
	isNullOr,
	isNumber,
	isOneOf,
	isRecord,
	isShape,
	isString,
} from "./guard.js";

export const OverviewMethod = {
	/** Request → `Overview`. From then on the server reports changes. */
	open: "prismaLeakLens/overview",
	/** Notification by the server with an `OverviewChange`. */
	changed: "prismaLeakLens/overviewChanged",
} as const;

/** What the editor is told of one finding. */
export interface OverviewFinding extends TextRange {
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	/** Whether a quick-fix may apply. */
	readonly fixable: boolean;
	/** What mending it would save; null where nothing is known. */
	readonly saving: Estimate | null;
	/** What an attached process showed of it; null where nothing did. */
	readonly evidence: Evidence | null;
}

export interface OverviewFile {
	/** Relative to the folder, with `/`. */
	readonly file: string;
	/** Directory of its package relative to the folder; "." for the folder itself. */
	readonly package: string;
	/** In line order; none when the file has no findings any more. */
	readonly findings: readonly OverviewFinding[];
}

/** A workspace folder, and what was looked at in it. */
export interface OverviewFolder {
	readonly uri: string;
	readonly name: string;
	readonly state: AnalysisState;
	/** Source files. */
	readonly files: number;
	readonly packages: number;
	/** Prisma's versions in it, each once; empty where no package uses Prisma. */
	readonly prisma: readonly string[];
	/** Files that could not be read in full, with the reason for people. */
	readonly unread: readonly UnreadFile[];
}

export interface FolderFiles {
	/** URI of the folder. */
	readonly folder: string;
	readonly files: readonly OverviewFile[];
}

export interface Overview {
	/** Title of each rule by its id. */
	readonly titles: Readonly<Record<string, string>>;
	readonly folders: readonly OverviewFolder[];
	readonly contents: readonly FolderFiles[];
}

export interface OverviewChange {
	/** All folders as they are now: one that is not among them is gone. */
	readonly folders: readonly OverviewFolder[];
	/** The files whose findings are other ones now. */
	readonly contents: readonly FolderFiles[];
}

/** Far above what anybody could read, and far below what would fill the editor's memory. */
const MAX_ITEMS = 200_000;
const isPosition = isInteger(1, 100_000_000);

export const isEstimate = isShape<Estimate>({
	megabytes: (value): value is readonly [number, number] => Array.isArray(value) && value.length === 2 && value.every(isNumber),
	connections: isNullOr(isAmount),
	source: isString,
});

const isOverviewFinding = isShape<OverviewFinding>({
	line: isPosition,
	column: isPosition,
	endLine: isPosition,
	endColumn: isPosition,
	rule: isString,
	severity: isSeverity,
	message: isString,
	fixable: isBoolean,
	saving: isNullOr(isEstimate),
	evidence: isNullOr(isEvidence),
});

const isFolderFiles = isShape<FolderFiles>({
	folder: isString,
	files: isListOf(
		isShape<OverviewFile>({ file: isString, package: isString, findings: isListOf(isOverviewFinding, MAX_ITEMS) }),
		MAX_ITEMS,
	),
});

const isOverviewFolder = isShape<OverviewFolder>({
	uri: isString,
	name: isString,
	state: isOneOf(isLiteral("idle"), isLiteral("scanning"), isLiteral("ready"), isLiteral("failed")),
	files: isAmount,
	packages: isAmount,
	prisma: isListOf(isString, 1_000),
	unread: isListOf(isShape<UnreadFile>({ file: isString, reason: isString }), MAX_ITEMS),
});

const isTitles: Guard<Readonly<Record<string, string>>> = (value): value is Readonly<Record<string, string>> =>
	isRecord(value) && Object.values(value).every(isString);

const CHANGE = { folders: isListOf(isOverviewFolder, 10_000), contents: isListOf(isFolderFiles, 10_000) };

export const isOverview = isShape<Overview>({ ...CHANGE, titles: isTitles });
export const isOverviewChange = isShape<OverviewChange>(CHANGE);
