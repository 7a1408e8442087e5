import type { FixWorkspace } from "../fixes/index.js";
import type { ReadText, Resolver } from "../resolve/index.js";
import type { Workspace } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";

/** Answers what a fix asks of the workspace. */
export function fixWorkspace(workspace: Workspace, resolver: Resolver, imports: ImportGraph, readText: ReadText): FixWorkspace {
	return {
		specifierFor: (fromFile, toFile) => resolver.specifierFor(fromFile, toFile),
		resolveImport(fromFile, specifier) {
			const resolution = resolver.resolve(fromFile, specifier);
			return resolution.kind === "file" ? resolution.path : null;
		},
		fileExists: (path) => workspace.has(path),
		directoryExists: (path) => workspace.sources.some((source) => source.path.startsWith(`${path}/`)),
		reaches: (fromFile, toFile) => imports.reaches(fromFile, toFile),
		closersBeyond: (file) =>
			imports.importersOf(file).filter((importer) => workspace.roleOf(importer) === "app" && imports.mentions(importer, "$disconnect")),
		testsOf: (file) => {
			const tests = [...imports.loadersOf(file)].filter((loader) => workspace.roleOf(loader) === "test").sort();
			return new Map(tests.map((test) => [test, readText(test) ?? ""]));
		},
		filesWith: (word) => workspace.sources.map(({ path }) => path).filter((path) => imports.mentions(path, word)),
		usersOf: (file, name) => imports.importersOf(file).filter((importer) => imports.mentions(importer, name)),
	};
}
