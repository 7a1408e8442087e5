import { posix } from "node:path";
import type { ImportGraph } from "../project/import-graph.js";
import type { Framework, Package, Workspace } from "../workspace/types.js";

/** Frameworks that load route files by their place: nobody imports them, and all run in one process. */
const FILE_ROUTED: readonly Framework[] = ["next", "remix", "sveltekit", "nuxt", "astro", "solidstart"];
/** Frameworks whose handlers are bundled and run one by one. */
const ONE_PER_FILE: readonly Framework[] = ["lambda", "azure-functions", "workers"];
const MAX_FILES = 5_000;

/**
 * The programs some files are part of, named by entry file, or by package where the framework or the folder loads its files. Two
 * clients live in one process when they share one of them.
 */
export function processesOf(workspace: Workspace, imports: ImportGraph, files: readonly string[]): ReadonlySet<string> {
	const start = new Set(files);
	const processes = new Set<string>();
	for (const entry of entriesOf(workspace, imports, start)) for (const name of processNames(workspace, imports, entry)) processes.add(name);
	return processes;
}

/** Whether two things are part of one program. */
export function shareProcess(a: { readonly processes: ReadonlySet<string> }, b: { readonly processes: ReadonlySet<string> }): boolean {
	return [...a.processes].some((process) => b.processes.has(process));
}

/** App files that nobody in the app imports, from which one of the given files is loaded. */
function entriesOf(workspace: Workspace, imports: ImportGraph, start: ReadonlySet<string>): readonly string[] {
	const seen = new Set(start);
	const open = [...start];
	const entries: string[] = [];
	for (let file = open.pop(); file !== undefined && seen.size < MAX_FILES; file = open.pop()) {
		const importers = imports.importersOf(file).filter((importer) => workspace.roleOf(importer) === "app");
		if (importers.length === 0) entries.push(file);
		// A server entry is a program of its own even where a test harness or another program imports it.
		else if (imports.entry(file)?.runsItself) entries.push(file);
		for (const importer of importers) {
			if (seen.has(importer)) continue;
			seen.add(importer);
			open.push(importer);
		}
	}
	return entries;
}

function processNames(workspace: Workspace, imports: ImportGraph, entry: string): string[] {
	const owner = workspace.packageOf(entry);
	if (has(owner, FILE_ROUTED)) return [`package:${owner.dir}`];
	const how = imports.entry(entry);
	const program = `package:${programFolder(owner, entry)}`;
	if (how?.runsItself) return isServer(imports, entry) ? [entry, program] : [entry];
	// An orphan that exports something is meant to be loaded: by its folder, by a registry, or by what is still being written.
	if (how?.hasExports && !how.isServerless && !has(owner, ONE_PER_FILE)) return [program];
	return [entry];
}

/** One `package.json` over several programs (`apps/web/src`, `services/mail/src`): each folder with sources of its own is one. */
function programFolder(owner: Package, file: string): string {
	const inner = owner.dir === "" ? file : file.slice(owner.dir.length + 1);
	const sources = /^(.+?)\/src\//.exec(inner)?.[1];
	return sources === undefined ? owner.dir : posix.join(owner.dir, sources);
}

const SERVER_PACKAGE =
	/^((node:)?https?|express|fastify|koa|hono|@hono\/node-server|@hapi\/hapi|@nestjs\/core|apollo-server(-\w+)?|@apollo\/server(\/.+)?|graphql-yoga|socket\.io|elysia|restify)$/;
const SERVER_NAME = /(^|\/)(index|main|server|app|www|start|bootstrap)\.[mc]?[jt]sx?$/;

/** Which program the package is: the one that its orphans are loaded into. */
function isServer(imports: ImportGraph, entry: string): boolean {
	if (imports.entry(entry)?.listens || SERVER_NAME.test(entry)) return true;
	return imports.text(entry)?.specifiers.some((specifier) => SERVER_PACKAGE.test(specifier)) ?? false;
}

function has(owner: Package, frameworks: readonly Framework[]): boolean {
	return frameworks.some((framework) => owner.frameworks.has(framework));
}
