/** `npm run fix-audit -- DIR…`: plans the fixes of every finding in real trees, applies each in memory, and checks what came out. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openProject } from "../src/analysis/index.js";
import { applyChanges } from "../src/cli/apply-changes.js";
import type { FileChange } from "../src/protocol/index.js";
import { type Touched, TreeChecker } from "./lib/tree-checker.js";

interface Tally {
	sound: number;
	readonly broken: string[];
	readonly refused: Map<string, number>;
}

/** By the id of the fix. */
type Audit = Map<string, Tally>;

async function main(folders: readonly string[]): Promise<void> {
	if (folders.length === 0) throw new Error("Say which folders: npm run fix-audit -- DIR…");
	const total: Audit = new Map();
	for (const folder of folders) {
		const audit: Audit = new Map();
		await auditTree(resolve(folder), audit);
		print(folder, audit);
		for (const [fix, tally] of audit) add(tallyOf(total, fix), tally);
	}
	if (folders.length > 1) print("All folders", total);
}

async function auditTree(root: string, audit: Audit): Promise<void> {
	const analysis = openProject(root);
	await analysis.scan();
	const checker = await TreeChecker.open(root);
	for (const finding of analysis.findings()) {
		for (const outcome of analysis.fixes(finding)) {
			const tally = tallyOf(audit, outcome.kind === "fix" ? outcome.fix.id : outcome.id);
			if (outcome.kind === "refused") {
				count(tally, kindOfReason(outcome.reason), 1);
				continue;
			}
			const problems = checker.problems(textsOf(root, outcome.fix.changes));
			if (problems.length === 0) tally.sound++;
			else tally.broken.push(`${finding.file}:${finding.line}: ${problems.join("; ")}`);
		}
	}
}

function tallyOf(audit: Audit, fix: string): Tally {
	const tally = audit.get(fix) ?? { sound: 0, broken: [], refused: new Map() };
	audit.set(fix, tally);
	return tally;
}

function add(total: Tally, { sound, broken, refused }: Tally): void {
	total.sound += sound;
	total.broken.push(...broken);
	for (const [reason, times] of refused) count(total, reason, times);
}

function count({ refused }: Tally, reason: string, times: number): void {
	refused.set(reason, (refused.get(reason) ?? 0) + times);
}

/** What the touched files hold before, null for new ones, and after. */
function textsOf(root: string, changes: readonly FileChange[]): Touched {
	const texts = new Map<string, { readonly before: string | null; readonly after: string }>();
	for (const change of changes) {
		if (change.kind === "create") {
			texts.set(change.file, { before: null, after: change.text });
		} else {
			const before = readFileSync(join(root, change.file), "utf8");
			texts.set(change.file, { before, after: applyChanges(before, change.changes) });
		}
	}
	return texts;
}

/** Reasons name files and variables; those of one kind are counted together. */
function kindOfReason(reason: string): string {
	return reason.replaceAll(/`[^`]*`|[\w@.[\]()-]+\/[\w@./[\]()-]+|\d+/g, "…");
}

function print(name: string, audit: Audit): void {
	console.log(`${name}${audit.size === 0 ? ": no finding has a fix." : ""}`);
	for (const [fix, { sound, broken, refused }] of audit) {
		const edits = sound + broken.length;
		const share = edits === 0 ? "" : ` (${((100 * sound) / edits).toFixed(1)} %)`;
		const left = [...refused.values()].reduce((sum, times) => sum + times, 0);
		console.log(`  ${fix}: ${sound} of ${edits} edits are sound${share}, ${left} findings refused`);
		for (const line of broken) console.log(`    broken   ${line}`);
		for (const [reason, times] of [...refused].sort((a, b) => b[1] - a[1])) console.log(`    refused  ${times} × ${reason}`);
	}
}

void main(process.argv.slice(2));
