/** `check`: what leaks in a folder, for people or for programs. */
import { readFile } from "node:fs/promises";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { openProject, RULE_METAS } from "../analysis/index.js";
import type { CheckReport, Finding } from "../protocol/index.js";
import {
	baselineText,
	compareWithBaseline,
	type Fingerprint,
	fingerprintsOf,
	githubAnnotations,
	parseBaseline,
	type SarifRule,
	sarifLog,
} from "../report/index.js";
import { type CheckFormat, type Command, parseCommand, USAGE } from "./check-command.js";
import { Installation } from "./installation.js";
import { count, formatReport, summaryLine } from "./report-text.js";
import { UsageError } from "./usage.js";
import { writeFiles } from "./write-files.js";

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runCheck(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	const command = await parseCommand(argv);
	const known = command.baseline === null || command.updateBaseline ? null : await readBaseline(command.baseline);
	const analysis = openProject(command.root, command.settings, command.cache);
	await analysis.scan();
	const found = analysis.report();
	// Fingerprints take the text of every file with a finding: nothing else of a check does.
	const isFingerprinted = command.baseline !== null || command.format === "sarif";
	const fingerprints = isFingerprinted ? await fingerprintAll(found) : new Map<Finding, Fingerprint>();
	if (command.updateBaseline && command.baseline !== null) {
		await writeFiles(new Map([[command.baseline, baselineText(fingerprints)]]));
		console.log(`${command.baseline} knows ${count(found.findings.length, "finding") ?? "no findings"} now.`);
		return 0;
	}
	const report = known === null ? found : onlyNew(found, fingerprints, known);
	console.log(await outputOf(command.format, report, fingerprints));
	return verdictOn(report, command);
}

function verdictOn({ summary: { errors, warnings } }: CheckReport, { maxWarnings }: Command): number {
	if (warnings > maxWarnings) console.error(`${count(warnings, "warning")} found, and --max-warnings allows ${maxWarnings}.`);
	return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

async function readBaseline(path: string): Promise<ReadonlySet<Fingerprint>> {
	const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
		const why = error.code === "ENOENT" ? "there is no such file. --update-baseline writes it" : `it cannot be read: ${error.message}`;
		throw new UsageError(`--baseline names ${path}, and ${why}.`);
	});
	const baseline = parseBaseline(text);
	if (baseline.kind === "broken")
		throw new UsageError(`The baseline ${path} cannot be used. ${baseline.problem} --update-baseline writes it anew.`);
	return baseline.fingerprints;
}

function onlyNew(found: CheckReport, fingerprints: ReadonlyMap<Finding, Fingerprint>, baseline: ReadonlySet<Fingerprint>): CheckReport {
	const { report, known, gone } = compareWithBaseline(found, fingerprints, baseline);
	if (known > 0) console.error(`Left out: ${count(known, "finding")} that the baseline knows.`);
	if (gone > 0) console.error(`No longer found: ${count(gone, "finding")} of the baseline; --update-baseline drops what is mended.`);
	return report;
}

async function fingerprintAll({ root, findings }: CheckReport): Promise<ReadonlyMap<Finding, Fingerprint>> {
	const files = [...new Set(findings.map(({ file }) => file))];
	const texts = await Promise.all(files.map((file) => readFile(join(root, file), "utf8").catch(() => null)));
	const textOf = new Map(files.map((file, index) => [file, texts[index] ?? null]));
	return fingerprintsOf(findings, (file) => textOf.get(file) ?? null);
}

async function outputOf(format: CheckFormat, report: CheckReport, fingerprints: ReadonlyMap<Finding, Fingerprint>): Promise<string> {
	const pathOf = pathFromHere(report.root);
	switch (format) {
		case "text":
			return formatReport(report, process.stdout.hasColors?.() ?? false);
		case "json":
			return JSON.stringify(report, null, "\t");
		case "github":
			return [...githubAnnotations(report, pathOf), summaryLine(report)].join("\n");
		case "sarif": {
			const installation = await Installation.find();
			const rules = await sarifRules(installation);
			return JSON.stringify(sarifLog(report, { version: installation.version, rules, fingerprints, pathOf }), null, "\t");
		}
	}
}

/** Names files relative to the working directory, which in CI is the repository's; relative to the root when that lies elsewhere. */
function pathFromHere(root: string): (file: string) => string {
	const way = relative(process.cwd(), root);
	const folders = way.startsWith("..") || isAbsolute(way) ? "" : way.split(sep).join("/");
	return (file) => posix.join(folders, file);
}

function sarifRules(installation: Installation): Promise<readonly SarifRule[]> {
	return Promise.all(
		RULE_METAS.map(async ({ id, title, finds, severity }) => {
			const { uri, text } = await installation.rulePage(id);
			return { id, title, finds, severity, helpUri: uri, help: text };
		}),
	);
}
