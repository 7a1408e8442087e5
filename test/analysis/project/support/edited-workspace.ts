import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Analysis, openProject } from "../../../../src/analysis/index.js";
import { DEFAULT_SETTINGS, type Settings } from "../../../../src/config/index.js";

/**
 * A workspace that is edited on disk and in an editor while an analysis follows, and beside it a mirror: a folder that holds on disk
 * what the analysis should know, for a cold scan to read.
 */
export class EditedWorkspace {
	/** Texts on disk, by path. */
	readonly saved: Map<string, string>;
	/** Texts an editor holds unsaved, by path. */
	readonly typed = new Map<string, string>();
	#settings: Settings = DEFAULT_SETTINGS;

	private constructor(
		private readonly root: string,
		private readonly mirror: string,
		private readonly project: Analysis,
		/** Texts the workspace began with, by path. */
		readonly original: ReadonlyMap<string, string>,
	) {
		this.saved = new Map(original);
	}

	static async open(files: ReadonlyMap<string, string>): Promise<EditedWorkspace> {
		const root = await mkdtemp(join(tmpdir(), "leak-lens-"));
		const mirror = await mkdtemp(join(tmpdir(), "leak-lens-"));
		for (const folder of [root, mirror]) {
			for (const parent of new Set([...files.keys()].map((file) => dirname(join(folder, file))))) await mkdir(parent, { recursive: true });
			await Promise.all([...files].map(([file, text]) => writeFile(join(folder, file), text)));
		}
		const project = openProject(root);
		await project.scan();
		return new EditedWorkspace(root, mirror, project, files);
	}

	async remove(): Promise<void> {
		await Promise.all([this.root, this.mirror].map((folder) => rm(folder, { recursive: true, force: true })));
	}

	/** What the person sees in a file; undefined when it is not there. */
	textOf(file: string): string | undefined {
		return this.typed.get(file) ?? this.saved.get(file);
	}

	/** Types into a file that is on disk; undefined closes it without saving. */
	async type(file: string, text: string | undefined): Promise<void> {
		if (text === undefined) this.typed.delete(file);
		else this.typed.set(file, text);
		this.project.setText(file, text);
		await this.#reflect([file]);
	}

	/** Writes files, null to delete one; the analysis hears of all of them at once. */
	async save(files: Readonly<Record<string, string | null>>): Promise<void> {
		for (const [file, text] of Object.entries(files)) {
			if (text === null) {
				this.saved.delete(file);
				await rm(join(this.root, file), { force: true });
			} else {
				this.saved.set(file, text);
				await put(join(this.root, file), text);
			}
		}
		await this.project.refresh(Object.keys(files));
		await this.#reflect(Object.keys(files));
	}

	/** Moves a folder, or deletes it where `to` is null; of the files in it the analysis hears nothing. */
	async moveFolder(from: string, to: string | null): Promise<void> {
		const inside = [...this.saved].filter(([file]) => file.startsWith(`${from}/`));
		const target = inside.map(([file, text]) => [to === null ? null : `${to}${file.slice(from.length)}`, text] as const);
		if (to === null) await rm(join(this.root, from), { recursive: true });
		else {
			await mkdir(dirname(join(this.root, to)), { recursive: true });
			await rename(join(this.root, from), join(this.root, to));
		}
		for (const [file] of inside) this.saved.delete(file);
		for (const [file, text] of target) if (file !== null) this.saved.set(file, text);
		await this.project.refresh(to === null ? [from] : [from, to]);
		await this.#reflect([...inside.map(([file]) => file), ...target.flatMap(([file]) => file ?? [])]);
	}

	configure(settings: Settings): void {
		this.#settings = settings;
		this.project.configure(settings);
	}

	/** Asks for the findings as a server does between edits, so that what the analysis keeps of them can go stale. */
	ask(): void {
		this.project.findings();
	}

	/**
	 * Facts in which the analysis that followed all edits differs from one that reads the same state for the first time: `+` where
	 * only the former tells it, `-` where only the latter does.
	 */
	async differences(): Promise<readonly string[]> {
		const fresh = openProject(this.mirror, this.#settings);
		await fresh.scan();
		const [followed, cold] = [this.project, fresh].map((analysis) => facts(analysis, [...this.saved.keys()]));
		return [...without(followed, cold).map((fact) => `+ ${fact}`), ...without(cold, followed).map((fact) => `- ${fact}`)];
	}

	async #reflect(files: readonly string[]): Promise<void> {
		for (const file of files) {
			const path = join(this.mirror, file);
			if (this.saved.has(file)) await put(path, this.textOf(file) ?? "");
			else await rm(path, { force: true });
		}
	}
}

/** All that an analysis shows; of the fixes, which are slow, every fifth finding's. */
function facts(analysis: Analysis, files: readonly string[]): readonly string[] {
	const findings = analysis.findings();
	const { prisma, unread, summary } = analysis.report();
	const fixes = findings.filter((_, index) => index % 5 === 0).map((finding) => [finding.file, finding.line, analysis.fixes(finding)]);
	const hints = [...files].sort().flatMap((file) => analysis.hints(file));
	return [...findings, ...fixes, ...hints, ...prisma, ...unread, summary, analysis.databaseEndpoints()].map((fact) => JSON.stringify(fact));
}

function without(facts: readonly string[] = [], others: readonly string[] = []): readonly string[] {
	const known = new Set(others);
	return facts.filter((fact) => !known.has(fact));
}

async function put(path: string, text: string): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}
