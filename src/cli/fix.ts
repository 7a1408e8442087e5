/** `fix`: applies the fixes of what `check` finds, or shows them as a unified diff. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTwoFilesPatch } from "diff";
import { openProject } from "../analysis/index.js";
import type { Settings } from "../config/index.js";
import { type FileChange, type Finding, withoutCredentials } from "../protocol/index.js";
import { applyChanges } from "./apply-changes.js";
import { SETTING_FLAGS, SETTING_USAGE, settingsFor } from "./settings.js";
import { folderOf, parseFlags } from "./usage.js";
import { writeFiles } from "./write-files.js";

const USAGE = `Usage: prisma-leak-lens fix DIR [options]

  --rule ID              only what this rule finds, its hints too
  --dry-run              print the changes as a unified diff, change nothing
${SETTING_USAGE}

What needs a person's decision is listed and left alone. So are hints, unless their rule is asked for.
Ends with 0, or 2 when it could not run; then no file is changed.`;

/** Two fixes that undo each other must not keep it busy for ever. */
const MAX_ROUNDS = 10;

interface Command {
	readonly root: string;
	readonly settings: Settings;
	readonly rule: string | undefined;
	readonly dryRun: boolean;
}

/** Text of a file before and after; `before` is null for a file that is created. */
interface Rewrite {
	readonly before: string | null;
	readonly after: string;
}

/** Runs the sub-command on its own arguments; resolves with the exit code. */
export async function runFix(argv: readonly string[]): Promise<number> {
	if (argv.includes("--help")) {
		console.log(USAGE);
		return 0;
	}
	const { root, settings, rule, dryRun } = await parseCommand(argv);
	const { rewrites, left } = await plan(root, settings, rule);
	for (const line of left) console.error(line);
	if (rewrites.size === 0) console.error("Nothing to fix.");
	else if (dryRun) for (const [file, rewrite] of rewrites) process.stdout.write(patchOf(file, rewrite));
	else {
		await writeFiles(new Map([...rewrites].map(([file, { after }]) => [join(root, file), after])));
		for (const [file, { before }] of rewrites) console.log(`${before === null ? "Created" : "Changed"} ${file}`);
	}
	return 0;
}

/** What is fixed can bring up what is to fix next: each round is planned on the text that the one before leaves. */
async function plan(root: string, settings: Settings, rule: string | undefined) {
	const analysis = openProject(root, settings);
	await analysis.scan();
	const rewrites = new Map<string, Rewrite>();
	const notes = new Set<string>();
	for (let round = 1; ; round++) {
		const { outcome, refused } = analysis.fixAll({ rule }, { kind: "workspace" });
		if (outcome.kind === "refused" || round === MAX_ROUNDS) {
			const left = refused.map(({ finding, reason }) => `Left alone: ${finding.file}:${finding.line}. ${reason}`);
			return { rewrites, left: [...left, ...(rule === undefined ? hintsLeft(analysis.findings()) : []), ...notes] };
		}
		for (const note of outcome.fix.notes) notes.add(note);
		for (const change of outcome.fix.changes) {
			const rewrite = await rewritten(root, change, rewrites.get(change.file));
			rewrites.set(change.file, rewrite);
			if (change.kind === "create") analysis.create(change.file, change.text);
			else analysis.setText(change.file, rewrite.after);
		}
	}
}

/** Hints that have a fix, by rule. */
function hintsLeft(findings: readonly Finding[]): string[] {
	const hints = findings.filter(({ severity, fixes }) => severity === "hint" && fixes.length > 0);
	return [...new Set(hints.map(({ rule }) => rule))].sort().map((rule) => {
		const count = hints.filter((hint) => hint.rule === rule).length;
		return `Left alone: ${count} ${count === 1 ? "hint" : "hints"} of ${rule}, which --rule ${rule} fixes.`;
	});
}

async function rewritten(root: string, change: FileChange, present: Rewrite | undefined): Promise<Rewrite> {
	if (change.kind === "create") return { before: null, after: change.text };
	const before = present === undefined ? await readFile(join(root, change.file), "utf8") : present.before;
	return { before, after: applyChanges(present?.after ?? before ?? "", change.changes) };
}

function patchOf(file: string, { before, after }: Rewrite): string {
	const from = before === null ? "/dev/null" : `a/${file}`;
	// What stands around a setting in an env file is nobody's business.
	const context = /(^|\/)\.env[^/]*$/.test(file) ? 0 : 3;
	return withoutCredentials(createTwoFilesPatch(from, `b/${file}`, before ?? "", after, undefined, undefined, { context }));
}

async function parseCommand(argv: readonly string[]): Promise<Command> {
	const { values, positionals } = parseFlags(() =>
		parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: { rule: { type: "string" }, "dry-run": { type: "boolean", default: false }, ...SETTING_FLAGS },
		}),
	);
	const root = await folderOf(positionals);
	return { root, settings: await settingsFor(root, values), rule: values.rule, dryRun: values["dry-run"] };
}
