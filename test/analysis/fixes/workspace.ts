import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import type { FixWorkspace, SharedClient, UseSingletonRequest } from "../../../src/analysis/fixes/index.js";
import { Evaluation } from "../../../src/analysis/project/evaluation.js";
import { fixWorkspace } from "../../../src/analysis/project/fix-workspace.js";
import { SourceStore } from "../../../src/analysis/project/source-store.js";
import { loadWorkspace, type Workspace } from "../../../src/analysis/workspace/index.js";
import { DEFAULT_SETTINGS } from "../../../src/config/index.js";
import type { FileChange } from "../../../src/protocol/index.js";
import type { SingletonFixture } from "./fixture.js";

/** A workspace on disk, read by the real loader and resolver. */
export class TestWorkspace {
	private constructor(
		private readonly folder: string,
		readonly workspace: Workspace,
		readonly fixes: FixWorkspace,
		readonly files: ReadonlyMap<string, string>,
	) {}

	static async open(files: ReadonlyMap<string, string>): Promise<TestWorkspace> {
		const folder = mkdtempSync(join(tmpdir(), "leak-lens-fix-"));
		for (const [path, text] of files) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		const workspace = await loadWorkspace(folder, DEFAULT_SETTINGS);
		const store = new SourceStore(folder);
		await store.readAll(workspace.sources, () => false);
		const { resolver, imports } = new Evaluation(workspace, store, DEFAULT_SETTINGS);
		return new TestWorkspace(
			folder,
			workspace,
			fixWorkspace(workspace, resolver, imports, (file) => store.text(file)),
			files,
		);
	}

	close(): void {
		rmSync(this.folder, { recursive: true });
	}

	text(file: string): string {
		const text = this.files.get(file);
		if (text === undefined) throw new Error(`The fixture has no ${file}.`);
		return text;
	}

	/** A request for every client in the fixture's files, as the analysis would make them. */
	requests({ fix, shared, classes, style }: Pick<SingletonFixture, "fix" | "shared" | "classes" | "style">): UseSingletonRequest[] {
		const client = shared && this.shared(shared, classes);
		return fix.flatMap((file) =>
			creations(file, this.text(file), classes)
				.filter((newSpan) => file !== shared?.file || newSpan.start !== client?.newSpan?.start)
				.map((newSpan) => ({
					file,
					text: this.text(file),
					newSpan,
					package: this.workspace.packageOf(file),
					client: { key: "client", subclass: null },
					shared: client,
					workspace: this.fixes,
					settings: { ...DEFAULT_SETTINGS, singletonStyle: style },
				})),
		);
	}

	shared({ file, exportName, call }: NonNullable<SingletonFixture["shared"]>, classes: readonly string[]): SharedClient {
		const text = this.text(file);
		return {
			file,
			text,
			exportName,
			access: call === null ? "value" : { call },
			newSpan: creations(file, text, classes)[0] ?? null,
			client: { key: "client", subclass: null },
		};
	}
}

export function creations(file: string, text: string, classes: readonly string[]): { start: number; end: number }[] {
	const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const found: { start: number; end: number }[] = [];
	const visit = (node: ts.Node): void => {
		const name = ts.isNewExpression(node)
			? (ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression).getText()
			: null;
		if (name !== null && classes.includes(name)) found.push({ start: node.getStart(), end: node.end });
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

/** Applies a change set as an editor would: by lines and columns, from the end of each file. */
export function apply(files: ReadonlyMap<string, string>, changes: readonly FileChange[]): Map<string, string> {
	const result = new Map(files);
	for (const change of changes) {
		if (change.kind === "create") {
			if (result.has(change.file)) throw new Error(`${change.file} is there already.`);
			result.set(change.file, change.text);
			continue;
		}
		const text = result.get(change.file) ?? "";
		const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
		const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
		let changed = text;
		for (const { range, newText } of [...change.changes].reverse()) {
			changed = changed.slice(0, offset(range.line, range.column)) + newText + changed.slice(offset(range.endLine, range.endColumn));
		}
		result.set(change.file, changed);
	}
	return result;
}
