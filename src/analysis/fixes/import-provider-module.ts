import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import type { ProvidedClass, Provider } from "../summaries/provided.js";
import { fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind } from "./kind.js";
import { LocalNames } from "./local-name.js";
import { exported, isHandedOut, listed, type ModuleOptions, moduleOptions, withoutService } from "./module-options.js";
import { Rewrite } from "./rewrite.js";
import { SharedImport } from "./shared-import.js";
import { styleOf } from "./style.js";
import { Refusal } from "./types.js";
import { removeUnused } from "./unused.js";

/** Lets a module import the one that provides the client's service, in place of providing an instance of its own. */
export const importProviderModule: FixKind = {
	plan(finding, context) {
		const { service, provider, home } = placesOf(finding, context);
		const homeModule = moduleOptions(home, service, context);
		const own = moduleOptions(provider, service, context);
		refuseUnreachable(homeModule, own, context);
		const changes = [fileEdit(provider.file, own.source.text, rewired(own, homeModule, context).edits())];
		if (!home.exports)
			changes.unshift(fileEdit(home.file, homeModule.source.text, [listed(homeModule, "exports", homeModule.service.text)]));
		return { title: `Import ${homeModule.owner.name.text} instead of providing ${own.service.text}`, changes, notes: [] };
	},
};

interface Places {
	readonly service: ProvidedClass;
	readonly provider: Provider;
	/** The module that provides the service for all. */
	readonly home: Provider;
}

function placesOf(finding: Finding, { model }: FixContext): Places {
	for (const service of model.clients.provided) {
		const provider = service.providers.find((candidate) => findingAt(finding, candidate, model));
		const home = service.providers.find((candidate) => candidate.exports) ?? service.providers[0];
		if (provider && home && provider !== home) return { service, provider, home };
	}
	throw new Refusal("No module provides the service at this place any more.");
}

function refuseUnreachable(home: ModuleOptions, own: ModuleOptions, { workspace }: FixContext): void {
	const file = home.source.path;
	if (file === own.source.path) throw new Refusal("Both modules stand in this file; move one to a file of its own first.");
	if (!isHandedOut(home)) throw new Refusal(`${file} does not export ${home.owner.name.text}.`);
	if (workspace.reaches(file, own.source.path)) {
		throw new Refusal(`${file} imports this file, so importing ${home.owner.name.text} here would make an import cycle.`);
	}
}

/** The module without the service of its own and with the other module among its imports. */
function rewired(own: ModuleOptions, home: ModuleOptions, { workspace, model }: FixContext): Rewrite {
	const { source, service } = own;
	const file = source.path;
	const target = { file: home.source.path, exportName: home.owner.name.text, access: "value" } as const;
	const specifier = workspace.specifierFor(file, target.file);
	if (specifier === null) throw new Refusal(`No import leads from ${file} to ${target.file}: its package does not depend on the other.`);
	const rewrite = new Rewrite(source, styleOf(source, model.workspace.packageOf(file)));
	const shared = new SharedImport(rewrite, target, specifier, (text) => workspace.resolveImport(file, text) === target.file);
	const known = shared.existing();
	const name =
		(known && ts.getNameOfDeclaration(known)?.getText()) ?? new LocalNames(source, new Set(), [service]).pick([target.exportName]);
	rewrite.replaceRange(withoutService(own));
	rewrite.replaceRange(listed(own, "imports", name));
	// A module passes on the modules it imports, not what those provide.
	const passedOn = exported(own);
	if (passedOn) rewrite.replace(passedOn, name);
	removeUnused(source, rewrite, [service]);
	if (!known) shared.write(name, rewrite.removedImport(), own.options.getStart());
	return rewrite;
}
