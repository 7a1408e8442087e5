/** `fix`: applies the fixes of what `check` finds, or shows them as a unified diff. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTwoFilesPatch } from "diff";
import { type FixScope, openProject } from "../analysis/index.js";
import type { FileChange } from "../protocol/index.js";
import { applyChanges } from "./apply-changes.js";
import { folderOf, parseFlags } from "./usage.js";
import { writeFiles } from "./write-files.js";

const USAGE = `Usage: prisma-leak-lens fix DIR [options]

  --rule ID     only what this rule finds
  --dry-run     print the changes as a unified diff, change nothing

Each kind of fix is applied to the whole folder; what needs a person's decision is listed and left alone.
Ends with 0, or 2 when it could not run; then no file is changed.`;

interface Command {
	readonly root: string;
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
	const { root, rule, dryRun } = await parseCommand(argv);
	const { rewrites, left } = await plan(root, rule);
	for (const line of left) console.error(line);
	if (rewrites.size === 0) console.error("Nothing to fix.");
	else if (dryRun) for (const [file, rewrite] of rewrites) process.stdout.write(patchOf(file, rewrite));
	else {
		await writeFiles(new Map([...rewrites].map(([file, { after }]) => [join(root, file), after])));
		for (const [file, { before }] of rewrites) console.log(`${before === null ? "Created" : "Changed"} ${file}`);
	}
	return 0;
}

/** Fixes of different kinds may touch the same line, so each is planned on the text that the one before leaves. */
async function plan(root: string, rule: string | undefined) {
	const analysis = openProject(root);
	await analysis.scan();
	const rewrites = new Map<string, Rewrite>();
	const left: string[] = [];
	const scope: FixScope = { kind: "workspace", ...(rule === undefined ? {} : { rule }) };
	const wanted = analysis.findings().filter((finding) => rule === undefined || finding.rule === rule);
	for (const id of new Set(wanted.flatMap((finding) => finding.fixes.slice(0, 1)))) {
		const { outcome, refused } = analysis.fixAll(id, scope);
		left.push(...refused.map(({ finding, reason }) => `Left alone: ${finding.file}:${finding.line}. ${reason}`));
		if (outcome.kind === "refused") continue;
		left.push(...outcome.fix.notes);
		for (const change of outcome.fix.changes) {
			const rewrite = await rewritten(root, change, rewrites.get(change.file));
			rewrites.set(change.file, rewrite);
			analysis.setText(change.file, rewrite.after);
		}
	}
	return { rewrites, left };
}

async function rewritten(root: string, change: FileChange, present: Rewrite | undefined): Promise<Rewrite> {
	if (change.kind === "create") return { before: null, after: change.text };
	const before = present === undefined ? await readFile(join(root, change.file), "utf8") : present.before;
	return { before, after: applyChanges(present?.after ?? before ?? "", change.changes) };
}

function patchOf(file: string, { before, after }: Rewrite): string {
	const from = before === null ? "/dev/null" : `a/${file}`;
	return createTwoFilesPatch(from, `b/${file}`, before ?? "", after, undefined, undefined, { context: 3 });
}

async function parseCommand(argv: readonly string[]): Promise<Command> {
	const { values, positionals } = parseFlags(() =>
		parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: { rule: { type: "string" }, "dry-run": { type: "boolean", default: false } },
		}),
	);
	return { root: await folderOf(positionals), rule: values.rule, dryRun: values["dry-run"] };
}
