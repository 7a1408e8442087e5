import type { Analysis, FixedAll, FixScope, FixSelection, ScanOptions } from "../../../src/analysis/index.js";
import type { Settings } from "../../../src/config/index.js";
import type { CheckReport, ClientLens, FileRange, Finding, FixOutcome, MemoryCost, PoolHint } from "../../../src/protocol/index.js";

/**
 * An analysis of texts in memory that finds every `LEAK` (a number behind it is the pool's size) and fixes it to `SAFE`. It stands
 * in where a test is about the server: when it asks, in which order, and what it makes of answers and exceptions.
 */
export class MemoryAnalysis implements Analysis {
	readonly disk = new Map<string, string>();
	readonly calls: string[] = [];
	readonly refreshed: string[][] = [];
	/** What `fixAll` was asked for. */
	readonly selections: (FixSelection & FixScope)[] = [];
	settings: Settings;
	/** Thrown by the next call of `fixes`. */
	failure: Error | null = null;
	/** What a scan waits for. */
	gate: Promise<void> = Promise.resolve();
	#scanned = false;
	readonly #overlays = new Map<string, string>();

	constructor(
		readonly root: string,
		settings: Settings,
	) {
		this.settings = settings;
	}

	async scan({ signal, onProgress }: ScanOptions = {}): Promise<void> {
		this.calls.push("scan");
		onProgress?.({ phase: "read", done: 1, total: 2 });
		await Promise.race([this.gate, new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)))]);
		this.#scanned = true;
		onProgress?.({ phase: "analyse", done: 2, total: 2 });
	}

	setText(file: string, text: string | undefined): void {
		this.calls.push("setText");
		if (text === undefined) this.#overlays.delete(file);
		else if (this.#scanned) this.#overlays.set(file, text);
	}

	create(file: string, text: string): void {
		this.setText(file, text);
	}

	async refresh(files: readonly string[]): Promise<void> {
		this.refreshed.push([...files]);
	}

	configure(settings: Settings): void {
		this.settings = settings;
	}

	findings(file?: string): readonly Finding[] {
		const files = file === undefined ? [...new Set([...this.disk.keys(), ...this.#overlays.keys()])].sort() : [file];
		return files.flatMap((name) => this.#findingsOf(name));
	}

	sources(): readonly string[] {
		return [...this.disk.keys()];
	}

	hints(file: string): readonly PoolHint[] {
		const count = this.findings().length;
		return this.findings(file).map((finding) => ({
			file,
			line: finding.line,
			column: finding.endColumn,
			label: `1 of ${count}`,
			tooltip: "**why**",
			subject: finding,
		}));
	}

	lenses(file: string): readonly ClientLens[] {
		const count = this.findings().length;
		return this.findings(file).map((range) => ({ ...range, title: `1 of ${count} clients`, shows: "clients" }));
	}

	lensPlaces(lens: ClientLens): readonly FileRange[] {
		return lens.shows === "clients" ? this.findings() : [];
	}

	fixes(finding: Finding): readonly FixOutcome[] {
		if (this.failure !== null) throw this.failure;
		if (finding.file.includes("tenant")) return [{ kind: "refused", id: "use-singleton", reason: "One client per tenant is meant." }];
		return [this.#fix([finding])];
	}

	suppressions({ file, line, column, rule }: Finding): readonly FixOutcome[] {
		const range = { line, column, endLine: line, endColumn: column };
		const changes = [{ kind: "edit" as const, file, changes: [{ range, newText: "HUSH" }] }];
		return [{ kind: "fix", fix: { id: "suppress-line", title: `Suppress ${rule} for this line`, preferred: false, changes, notes: [] } }];
	}

	fixAll(selection: FixSelection, scope: FixScope): FixedAll {
		this.selections.push({ ...selection, ...scope });
		const findings = scope.kind === "finding" ? [scope.finding] : this.findings(scope.kind === "file" ? scope.file : undefined);
		const refused = findings.filter(({ file }) => file.includes("tenant"));
		return {
			outcome: this.#fix(findings.filter((finding) => !refused.includes(finding))),
			refused: refused.map((finding) => ({ finding, reason: "One client per tenant is meant." })),
		};
	}

	report(): CheckReport {
		const findings = this.findings();
		const summary = {
			files: this.disk.size,
			packages: 1,
			analysed: this.disk.size,
			errors: findings.length,
			warnings: 0,
			infos: 0,
			hints: 0,
			suppressed: 0,
		};
		return { version: 1, root: this.root, prisma: [], findings, unread: [], summary, timing: {} };
	}

	packageOf(file: string): string {
		return file.startsWith("packages/") ? file.split("/").slice(0, 2).join("/") : "";
	}

	databaseEndpoints(): readonly string[] {
		return ["localhost:5432"];
	}

	memoryCosts(): readonly MemoryCost[] {
		return [];
	}

	#findingsOf(file: string): Finding[] {
		const text = this.#overlays.get(file) ?? this.disk.get(file) ?? "";
		return text.split("\n").flatMap((content, index): Finding[] => {
			const column = content.indexOf("LEAK") + 1;
			if (column === 0) return [];
			const line = index + 1;
			return [
				{
					rule: "multiple-clients",
					severity: "error",
					file,
					line,
					column,
					endLine: line,
					endColumn: column + 4,
					message: "This makes another client.",
					related: [{ file: "src/db.ts", line: 1, column: 1, endLine: 1, endColumn: 5, message: "The shared client." }],
					fixes: ["use-singleton"],
				},
			];
		});
	}

	#fix(findings: readonly Finding[]): FixOutcome {
		const files = [...new Set(findings.map(({ file }) => file))];
		const edits = files.map((file) => ({
			kind: "edit" as const,
			file,
			changes: findings.filter((finding) => finding.file === file).map((range) => ({ range, newText: "SAFE" })),
		}));
		const create = { kind: "create" as const, file: "src/db.ts", text: "export const prisma = 1;\n" };
		return {
			kind: "fix",
			fix: {
				id: "use-singleton",
				title: "Use singleton from src/db.ts",
				preferred: true,
				changes: [create, ...edits],
				notes: ["The log option was not carried over."],
			},
		};
	}
}
