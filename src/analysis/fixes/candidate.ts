import { ts } from "ts-morph";
import { type ClientListener, type Home, listenersOf } from "./client-listeners.js";
import { type ClientPlace, clientPlace } from "./client-place.js";
import { removeDisconnects } from "./disconnects.js";
import { checkEligible } from "./eligibility.js";
import { refuseClosedElsewhere } from "./handed-on.js";
import { isAtLoad, isExported, statementOf } from "./nodes.js";
import { type ClientOptions, compare, type Difference, optionsOf } from "./options.js";
import { Rewrite } from "./rewrite.js";
import { Source } from "./source.js";
import { type Style, styleOf } from "./style.js";
import type { Target } from "./target.js";
import { Refusal, type SharedClient, type UseSingletonRequest } from "./types.js";

/** One client that can be replaced, as read from its file. */
export interface Candidate {
	readonly request: UseSingletonRequest;
	readonly source: Source;
	readonly style: Style;
	readonly place: ClientPlace;
	readonly options: ClientOptions;
	readonly listeners: readonly ClientListener[];
}

/** A candidate with the export it shall use. */
export interface Planned extends Candidate {
	readonly target: Target;
	readonly notes: readonly string[];
	readonly losesOptions: boolean;
	/** The client that stays; null when nobody knows how it is made. */
	readonly home: Home | null;
}

/** Files read once for all requests of a plan. */
export class Sources {
	readonly #known = new Map<string, Source>();

	of(file: string, text: string): Source {
		const known = this.#known.get(file);
		if (known) return known;
		const source = new Source(file, text);
		this.#known.set(file, source);
		return source;
	}
}

/** Reads a request's place; throws a `Refusal` when a machine should leave that client alone. */
export function candidateOf(request: UseSingletonRequest, sources: Sources): Candidate {
	const source = sources.of(request.file, request.text);
	if (source.brokenLine !== null) throw new Refusal(`${request.file} has a syntax error on line ${source.brokenLine}. Correct it first.`);
	const creation = source.newAt(request.newSpan);
	if (!creation) throw new Refusal("No client is made by a plain `new` at this place.");
	const style = styleOf(source, request.package);
	const place = clientPlace(source, creation);
	checkEligible(source, place, request);
	// Only to learn what it would refuse: the edits of a file are gathered together later.
	removeDisconnects(source, place, new Rewrite(source, style));
	refuseClosedElsewhere(source, place, request.workspace);
	return { request, source, style, place, options: readOptions(source, place, request), listeners: listenersOf(source, place) };
}

/** Compares with the shared client that exists; throws a `Refusal` when it cannot take this one's place. */
export function planned(candidate: Candidate, shared: SharedClient, sources: Sources): Planned {
	const { file, exportName, access } = shared;
	const target = { file, exportName, access };
	refuseUnreachable(candidate, shared);
	const home = homeOf(candidate, shared, sources);
	if (!home) {
		if (candidate.options.entries.size === 0 && candidate.options.extensions.length === 0)
			return { ...candidate, target, notes: [], losesOptions: false, home };
		throw new Refusal(`Its options cannot be compared with those of the client in ${file}.`);
	}
	const difference = differenceTo(candidate, readOptions(home.source, home.place, candidate.request), file);
	return { ...candidate, target, ...difference, notes: [...difference.notes, ...surroundings(candidate, shared)], home };
}

/** What the change means beyond the client's own lines. */
function surroundings({ source, place, request }: Candidate, { file, access }: SharedClient): string[] {
	const early =
		access !== "value" && file !== request.file && isAtLoad(place.creation)
			? [`${request.file} calls ${access.call} when it is loaded.`]
			: [];
	const closers = isExportedHere(source, place) ? request.workspace.closersBeyond(request.file) : [];
	return [
		...early,
		...closers.map(
			(closer) => `${closer} imports from ${request.file} and calls $disconnect: see that it does not close the shared client too early.`,
		),
	];
}

function isExportedHere(source: Source, { holder }: ClientPlace): boolean {
	if (holder.kind !== "variable" && holder.kind !== "assigned") return false;
	const statement = statementOf(holder.declaration);
	if (statement && isExported(statement)) return true;
	return source.references(holder.declaration).some(({ parent }) => ts.isExportSpecifier(parent) || ts.isExportAssignment(parent));
}

export function differenceTo({ request, options }: Candidate, other: ClientOptions, name: string): Difference {
	const variables = request.package.schemas.flatMap((schema) => (schema.urlVariable === null ? [] : [schema.urlVariable]));
	const names = variables.length > 0 ? variables : ["DATABASE_URL"];
	return compare(options, other, { own: request.file, shared: name }, new Set(names.map((variable) => `process.env.${variable}`)));
}

function refuseUnreachable({ request, style }: Candidate, { file, access, text }: SharedClient): void {
	if (file === request.file) {
		if (access !== "value") throw new Refusal("This client is part of the module that makes the shared one.");
		return;
	}
	if (request.workspace.reaches(file, request.file)) {
		throw new Refusal(`${file} imports this file, so importing it here would make an import cycle.`);
	}
	const isEsmOnly =
		file.endsWith(".mjs") || (request.package.moduleType === "module" && /\.[jt]sx?$/.test(file) && /^\s*(export|import)\b/m.test(text));
	if (style.modules === "commonjs" && isEsmOnly) throw new Refusal(`${file} is an ES module, which this CommonJS file cannot require.`);
}

function homeOf(candidate: Candidate, shared: SharedClient, sources: Sources): Home | null {
	if (!shared.newSpan) return null;
	const source = sources.of(shared.file, shared.text);
	const creation = source.newAt(shared.newSpan);
	if (!creation) return null;
	if (shared.file === candidate.request.file && creation === candidate.place.creation)
		throw new Refusal("This is the client that the others share.");
	const place = clientPlace(source, creation);
	return { file: shared.file, source, place, isStatic: shared.access === "value" && !place.isGuarded && isAtLoad(creation) };
}

function readOptions(source: Source, place: ClientPlace, { workspace }: UseSingletonRequest): ClientOptions {
	return optionsOf(source, place, (specifier) => workspace.resolveImport(source.path, specifier) ?? specifier);
}
