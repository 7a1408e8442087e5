import type { ClientLens, FileRange } from "../../protocol/index.js";
import { Siblings, usersOf } from "../hints/index.js";
import type { Resolver } from "../resolve/index.js";
import { rangeOf } from "../rules/places.js";
import type { Model } from "../rules/types.js";
import { lineStartsOf, positionAt } from "../workspace/index.js";
import type { ImportGraph } from "./import-graph.js";
import { SPECIFIER } from "./scan-text.js";

export interface LensContext {
	readonly model: Model;
	readonly imports: ImportGraph;
	readonly resolver: Resolver;
	readText(file: string): string | undefined;
}

/** The imports of a shared client, or the clients beside another one. Empty where the client is gone. */
export function lensPlaces(context: LensContext, lens: ClientLens): readonly FileRange[] {
	return lens.shows === "users" ? importPlaces(context, lens.file) : clientPlaces(context.model, lens);
}

function clientPlaces(model: Model, lens: ClientLens): readonly FileRange[] {
	const client = model.clients.all.find(
		({ file, head }) => file === lens.file && rangeOf({ file, span: head }, model.linker).line === lens.line,
	);
	if (client === undefined) return [];
	return new Siblings(model).of(client).map(({ file, head }) => ({ file, ...rangeOf({ file, span: head }, model.linker) }));
}

/** Where each user's text names the module, or one that passes it on. Their texts are only read when somebody asks. */
function importPlaces({ model, imports, resolver, readText }: LensContext, file: string): readonly FileRange[] {
	const { files, modules } = usersOf(model.workspace, imports, file);
	return files.flatMap((user): FileRange[] => {
		const text = readText(user) ?? "";
		for (const match of text.matchAll(SPECIFIER)) {
			const [whole, specifier = ""] = match;
			const resolution = resolver.resolve(user, specifier);
			if (resolution.kind !== "file" || !modules.has(resolution.path)) continue;
			const { line, column } = positionAt(lineStartsOf(text), match.index + whole.lastIndexOf(specifier));
			return [{ file: user, line, column, endLine: line, endColumn: column + specifier.length }];
		}
		return [];
	});
}
