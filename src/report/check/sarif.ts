/** SARIF 2.1.0, the format of code scanning. */
import type { CheckReport, Finding, Severity, TextRange, UnreadFile } from "../../protocol/index.js";
import type { Fingerprint } from "./fingerprints.js";

/** What a rule is, with its page. */
export interface SarifRule {
	readonly id: string;
	readonly title: string;
	/** One sentence. */
	readonly finds: string;
	readonly severity: Severity;
	/** Absolute URI of its page. */
	readonly helpUri: string;
	/** The page's Markdown. */
	readonly help: string;
}

export interface SarifOptions {
	/** Of the program. */
	readonly version: string;
	readonly rules: readonly SarifRule[];
	readonly fingerprints: ReadonlyMap<Finding, Fingerprint>;
	/** Where a finding's file is, relative to the repository. */
	pathOf(file: string): string;
}

const BASE = "%SRCROOT%";
const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = { error: "error", warning: "warning", info: "note", hint: "note" };

/** The log as plain data. Paths are relative, so it says nothing of the machine but where the rules' pages are. */
export function sarifLog({ findings, unread }: CheckReport, options: SarifOptions) {
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [
			{
				tool: { driver: { name: "Prisma Leak Lens", semanticVersion: options.version, rules: options.rules.map(descriptor) } },
				originalUriBaseIds: { [BASE]: { description: { text: "The folder that the check was started in." } } },
				columnKind: "utf16CodeUnits",
				invocations: [{ executionSuccessful: true, toolExecutionNotifications: unread.map((file) => notification(file, options)) }],
				results: findings.map((finding) => result(finding, options)),
			},
		],
	};
}

function descriptor({ id, title, finds, severity, helpUri, help }: SarifRule) {
	return {
		id,
		name: title,
		shortDescription: { text: title },
		fullDescription: { text: finds },
		defaultConfiguration: { level: LEVELS[severity] },
		helpUri,
		help: { text: finds, markdown: help },
	};
}

function result(finding: Finding, { rules, fingerprints, pathOf }: SarifOptions) {
	const { rule, severity, message, file, related, estimate } = finding;
	return {
		ruleId: rule,
		ruleIndex: rules.findIndex(({ id }) => id === rule),
		level: LEVELS[severity],
		message: { text: message },
		locations: [{ physicalLocation: physicalLocation(pathOf(file), finding) }],
		relatedLocations: related.map((place, index) => ({
			id: index + 1,
			message: { text: place.message },
			physicalLocation: physicalLocation(pathOf(place.file), place),
		})),
		partialFingerprints: { "prismaLeakLens/v1": fingerprints.get(finding) ?? "" },
		...(estimate === undefined ? {} : { properties: { estimate } }),
	};
}

function notification({ file, reason }: UnreadFile, { pathOf }: SarifOptions) {
	return {
		level: "warning",
		message: { text: `Not read in full: ${reason}` },
		locations: [{ physicalLocation: { artifactLocation: artifactLocation(pathOf(file)) } }],
	};
}

function physicalLocation(path: string, { line, column, endLine, endColumn }: TextRange) {
	return {
		artifactLocation: artifactLocation(path),
		region: { startLine: line, startColumn: column, endLine, endColumn },
	};
}

function artifactLocation(path: string) {
	return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: BASE };
}
