import type { PoolHint } from "../../protocol/index.js";
import { rangeOf } from "../rules/places.js";
import type { Model, Place } from "../rules/types.js";
import { adapterNotes } from "./adapter-notes.js";
import { clientNotes } from "./client-notes.js";
import { ConnectionSums } from "./connections.js";
import { numberNotes } from "./number-notes.js";
import { Siblings } from "./siblings.js";
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

/** The model, and what several notes of a file ask of it. */
export interface NoteContext {
	readonly model: Model;
	readonly siblings: Siblings;
	readonly sums: ConnectionSums;
}

/** Hints of one file: on each client, adapter and pool, and on each setting of one. Those on a smaller place come first. */
export function poolHints(model: Model, file: string): readonly PoolHint[] {
	const isApp = model.workspace.roleOf(file) === "app";
	const siblings = new Siblings(model);
	const context = { model, siblings, sums: new ConnectionSums(model, siblings) };
	const notes = [...(isApp ? settingNotes(context, file) : []), ...urlNotes(context, file)];
	return notes.map((note) => hintOf(model, note)).sort((a, b) => a.line - b.line || a.column - b.column);
}

function settingNotes(context: NoteContext, file: string): readonly Note[] {
	const { model } = context;
	return [...clientNotes(context, file), ...adapterNotes(model, file), ...numberNotes(context, file), ...timeoutNotes(model, file)];
}

function hintOf({ linker }: Model, { place, end, label, tooltip }: Note): PoolHint {
	const { endLine: line, endColumn: column } = rangeOf(end ?? place, linker);
	return { file: place.file, line, column, label, tooltip, subject: rangeOf(place, linker) };
}
