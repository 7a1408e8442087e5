import type { PoolHint } from "../../protocol/index.js";
import { rangeOf } from "../rules/places.js";
import type { Model, Place } from "../rules/types.js";
import { adapterNotes } from "./adapter-notes.js";
import { clientNotes } from "./client-notes.js";
import { numberNotes } from "./number-notes.js";
import { timeoutNotes } from "./timeout-notes.js";
import { urlNotes } from "./url-notes.js";

/** What there is to say of a place in the file it was asked of. */
export interface Note {
	readonly place: Place;
	/** Where the label stands: behind the place, unless a longer one is given. */
	readonly end?: Place;
	/** Null where a label would say nothing that the code does not. */
	readonly label: string | null;
	readonly tooltip: string;
}

/** Hints of one file: on each client, adapter and pool, and on each setting of one. Those on a smaller place come first. */
export function poolHints(model: Model, file: string): readonly PoolHint[] {
	const isApp = model.workspace.roleOf(file) === "app";
	const notes = [...(isApp ? settingNotes(model, file) : []), ...urlNotes(model, file)];
	return notes.map((note) => hintOf(model, note)).sort((a, b) => a.line - b.line || a.column - b.column);
}

function settingNotes(model: Model, file: string): readonly Note[] {
	return [...clientNotes(model, file), ...adapterNotes(model, file), ...numberNotes(model, file), ...timeoutNotes(model, file)];
}

function hintOf({ linker }: Model, { place, end, label, tooltip }: Note): PoolHint {
	const { endLine: line, endColumn: column } = rangeOf(end ?? place, linker);
	return { file: place.file, line, column, label, tooltip, subject: rangeOf(place, linker) };
}
