import type { Finding, FixOutcome } from "../../protocol/index.js";
import {
	ChangeSet,
	FIX_KINDS,
	type FixContext,
	type FixKind,
	Refusal,
	type RefusedFinding,
	type Repair,
	SUPPRESSIONS,
} from "../fixes/index.js";
import { unusedSuppression } from "../suppressions/index.js";
import type { FixedAll, FixSelection } from "./types.js";

interface Planned {
	readonly repair: Repair;
	readonly findings: readonly Finding[];
}

/** Turns findings into fixes. It knows no single fix: those are in the registry. */
export class Fixer {
	constructor(private readonly context: FixContext) {}

	/** What each kind that a finding names would do about it, the preferred one first. */
	fixes(finding: Finding): FixOutcome[] {
		return finding.fixes.flatMap((id): FixOutcome[] => {
			const kind = FIX_KINDS[id];
			if (!kind) return [];
			const planned = this.#planOne(kind, finding);
			if ("reason" in planned) return [{ kind: "refused", id, reason: planned.reason }];
			return [{ kind: "fix", fix: { id, preferred: id === preferredOf(finding), ...planned.repair } }];
		});
	}

	/** The comments that would silence a finding; never the preferred way to deal with it. */
	suppressions(finding: Finding): FixOutcome[] {
		if (finding.rule === unusedSuppression.id) return [];
		return Object.entries(SUPPRESSIONS).map(([id, kind]): FixOutcome => {
			const planned = this.#planOne(kind, finding);
			if ("reason" in planned) return { kind: "refused", id, reason: planned.reason };
			return { kind: "fix", fix: { id, preferred: false, ...planned.repair } };
		});
	}

	/** One change set for all that is selected; what would change the same text twice waits for the next time. */
	fixAll(selection: FixSelection, findings: readonly Finding[]): FixedAll {
		const wanted = findings.map((finding) => ({ finding, id: selectedOf(finding, selection) }));
		const changes = new ChangeSet();
		const done: Planned[] = [];
		const refused: RefusedFinding[] = [];
		for (const [id, kind] of Object.entries(FIX_KINDS)) {
			const planned = this.#planAll(
				kind,
				wanted.flatMap((each) => (each.id === id ? [each.finding] : [])),
			);
			refused.push(...planned.refused);
			for (const each of planned.planned) {
				if (changes.add(each.repair.changes)) done.push(each);
				else
					refused.push(...each.findings.map((finding) => ({ finding, reason: "Another fix changes the same lines; fix again after it." })));
			}
		}
		const id = selection.fix ?? selection.rule ?? "fix-all";
		if (done.length === 0) return { outcome: { kind: "refused", id, reason: "There is nothing to fix." }, refused };
		const notes = [...new Set(done.flatMap(({ repair }) => repair.notes))];
		return { outcome: { kind: "fix", fix: { id, title: titleOf(done), preferred: true, changes: changes.changes, notes } }, refused };
	}

	#planAll(kind: FixKind, findings: readonly Finding[]): { planned: Planned[]; refused: RefusedFinding[] } {
		if (findings.length === 0) return { planned: [], refused: [] };
		if (kind.planAll) {
			const { repair, refused } = kind.planAll(findings, this.context);
			const left = new Set(refused.map(({ finding }) => finding));
			return { planned: repair ? [{ repair, findings: findings.filter((finding) => !left.has(finding)) }] : [], refused: [...refused] };
		}
		const planned: Planned[] = [];
		const refused: RefusedFinding[] = [];
		for (const finding of findings) {
			const one = this.#planOne(kind, finding);
			if ("reason" in one) refused.push({ finding, reason: one.reason });
			else planned.push({ repair: one.repair, findings: [finding] });
		}
		return { planned, refused };
	}

	#planOne(kind: FixKind, finding: Finding): { readonly repair: Repair } | { readonly reason: string } {
		try {
			return { repair: kind.plan(finding, this.context) };
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			return { reason: error.message };
		}
	}
}

function preferredOf({ fixes }: Finding): string | undefined {
	return fixes.find((id) => Object.hasOwn(FIX_KINDS, id));
}

function selectedOf(finding: Finding, { rule, fix }: FixSelection): string | undefined {
	if (rule !== undefined && finding.rule !== rule) return undefined;
	if (rule === undefined && fix === undefined && finding.severity === "hint") return undefined;
	if (fix === undefined) return preferredOf(finding);
	return finding.fixes.includes(fix) ? fix : undefined;
}

function titleOf(done: readonly Planned[]): string {
	const [title, ...others] = new Set(done.map(({ repair }) => repair.title));
	if (title !== undefined && others.length === 0) return title;
	return `Fix ${done.reduce((sum, { findings }) => sum + findings.length, 0)} findings`;
}
