import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import { nameIndex } from "../summaries/name-index.js";
import { retention, rootsOf } from "../summaries/retention.js";
import type { Framework, Package, Workspace } from "../workspace/index.js";

interface Reloader {
	readonly framework: Framework;
	readonly name: string;
	/** Files, relative to the package, that show the framework serves the package. */
	readonly files: RegExp;
}

/** Frameworks whose dev server loads changed modules anew in the same process. */
const RELOADERS: readonly Reloader[] = [
	{ framework: "next", name: "Next.js", files: /^(next\.config\.|(src\/)?(pages|app)\/)/ },
	{ framework: "nuxt", name: "Nuxt", files: /^(nuxt|nitro)\.config\./ },
	{ framework: "sveltekit", name: "SvelteKit", files: /^(svelte\.config\.|src\/routes\/)/ },
	{ framework: "remix", name: "Remix", files: /^((remix|react-router)\.config\.|app\/(root\.|routes\/))/ },
	{ framework: "astro", name: "Astro", files: /^(astro\.config\.|src\/pages\/)/ },
	{ framework: "solidstart", name: "SolidStart", files: /^(app\.config\.|src\/routes\/)/ },
];
/** Servers that a package may run instead of the framework it only takes parts of. */
const SERVERS: readonly Framework[] = ["express", "fastify", "koa", "hapi", "hono", "nest"];

/** Tools that bring hot module replacement to servers that else restart. */
const TOOLS: readonly (readonly [RegExp, string])[] = [
	[/^run-script-webpack-plugin$/, "webpack's hot module replacement"],
	[/^(vite-plugin-node|@hono\/vite-dev-server|vike|vite-plugin-ssr)$/, "Vite"],
];

/** Who reloads modules in the process a client lives in; null where the dev server restarts the process. */
export function reloaderOf(workspace: Workspace, client: Client): string | null {
	for (const pkg of packagesOf(workspace, client)) {
		const reloader = RELOADERS.find((candidate) => serves(workspace, pkg, candidate));
		if (reloader) return reloader.name;
		for (const [pattern, name] of TOOLS) if (Object.keys(pkg.dependencies).some((dependency) => pattern.test(dependency))) return name;
	}
	return null;
}

function serves(workspace: Workspace, pkg: Package, { framework, files }: Reloader): boolean {
	if (!pkg.frameworks.has(framework)) return false;
	if (!SERVERS.some((server) => pkg.frameworks.has(server))) return true;
	const prefix = pkg.dir === "" ? "" : `${pkg.dir}/`;
	return workspace.sources.some(({ path }) => path.startsWith(prefix) && files.test(path.slice(prefix.length)));
}

/** The packages of the programs that a client is part of: a client's own package may be a library of theirs. */
function packagesOf(workspace: Workspace, client: Client): readonly Package[] {
	const names = [...client.processes].map((name) =>
		name.startsWith("package:") ? workspace.packages.find(({ dir }) => dir === name.slice("package:".length)) : workspace.packageOf(name),
	);
	return [...new Set(names.flatMap((pkg) => pkg ?? []))];
}

/** Whether each load of the module makes the client anew: it is made at the top, or kept only as long as the module lives. */
export function isMadePerLoad(linker: Linker, client: Client): boolean {
	const lasting = client.origins.filter((origin) => origin.runs.k === "once" && !origin.handedOut);
	if (lasting.length === 0 || lasting.length < client.origins.length) return false;
	if (runsInProductionOnly(linker, client) || isDisposedOnReload(linker, client.file)) return false;
	return lasting.every(({ site }) => {
		const facts = linker.facts(site.file);
		const fact = site.kind === "new" ? facts?.news[site.index] : facts?.calls[site.index];
		if (!fact) return false;
		const kept = retention(linker, site.file, fact);
		if (kept.k === "kept") return kept.where === "module" || kept.where === "static";
		return (kept.k === "local" || kept.k === "outer" || kept.k === "instance") && site.function === 0;
	});
}

/** In a branch on NODE_ENV, or beside one that a global keeps. */
function runsInProductionOnly(linker: Linker, client: Client): boolean {
	const facts = linker.facts(client.file);
	return (
		facts !== undefined &&
		client.fact.context.some(
			(step) =>
				step.k === "branch" &&
				rootsOf(facts, step.condition, client.fact.function).some((root) => /NODE_ENV|isProd|isDev|production/i.test(root)),
		)
	);
}

/** `import.meta.hot.dispose(() => prisma.$disconnect())`. */
function isDisposedOnReload(linker: Linker, file: string): boolean {
	const facts = linker.facts(file);
	if (!facts) return false;
	const { calls } = nameIndex(facts);
	return calls.has("$disconnect") && calls.has("dispose");
}
