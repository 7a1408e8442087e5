import type { Span } from "../facts/index.js";
import type { ImportGraph } from "../project/import-graph.js";
import type { Workspace } from "../workspace/types.js";
import type { ProvidedService } from "./clients.js";
import { processesOf, shareProcess } from "./processes.js";
import type { ModuleProviders } from "./provided.js";
import { schemaOf } from "./schema-of.js";

/** A module that lists the generated class itself among its providers, so that the container builds a client for it: `providers: [PrismaClient]`. */
export interface BareProvider {
	readonly file: string;
	/** The `providers` list. */
	readonly span: Span;
	readonly exports: boolean;
	readonly schema: string;
	readonly processes: ReadonlySet<string>;
}

export interface BareGroup {
	/** The service to inject instead, or the one module that may go on providing the client. */
	readonly shared: ProvidedService | BareProvider;
	readonly others: readonly BareProvider[];
}

/** Modules of one process that each have the container build a client of their own. */
export function groupBareProviders(
	workspace: Workspace,
	imports: ImportGraph,
	modules: readonly ModuleProviders[],
	provided: readonly ProvidedService[],
): readonly BareGroup[] {
	const groups: BareProvider[][] = [];
	for (const provider of modules.flatMap((module) => bareProviders(workspace, imports, module))) {
		const group = groups.find(([first]) => first?.schema === provider.schema && shareProcess(first, provider));
		if (group) group.push(provider);
		else groups.push([provider]);
	}
	return groups.flatMap((members): BareGroup[] => {
		const [first] = members;
		const service = provided.find((candidate) => candidate.schema === first?.schema && shareProcess(candidate, first));
		const shared = service ?? members.find(({ exports }) => exports) ?? first;
		const others = members.filter((member) => member !== shared);
		return shared && others.length > 0 ? [{ shared, others }] : [];
	});
}

function bareProviders(workspace: Workspace, imports: ImportGraph, { file, span, clients }: ModuleProviders): BareProvider[] {
	if (clients.length === 0 || workspace.roleOf(file) !== "app") return [];
	const processes = processesOf(workspace, imports, [file]);
	return clients.map(({ client, exported }) => ({
		file,
		span,
		exports: exported,
		schema: schemaOf(workspace, workspace.packageOf(file), client),
		processes,
	}));
}
