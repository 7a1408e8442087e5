import type { CodeLens } from "vscode-languageserver/node";
import { type ClientLens, type LensPlacesParams, SHOW_LENS_PLACES } from "../protocol/index.js";
import { toRange } from "./ranges.js";

/** Lenses whose click runs the editor's own command: it asks for the places, then shows them where it shows references. */
export function codeLenses(uri: string, lenses: readonly ClientLens[]): CodeLens[] {
	return lenses.map(({ title, shows, line, column, endLine, endColumn }) => {
		const params: LensPlacesParams = { uri, line, column, endLine, endColumn, shows };
		return { range: toRange({ line, column, endLine, endColumn }), command: { title, command: SHOW_LENS_PLACES, arguments: [params] } };
	});
}
