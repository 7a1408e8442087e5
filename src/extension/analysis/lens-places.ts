import * as vscode from "vscode";
import { isLensPlacesParams, isUriRanges, type LensPlacesParams } from "../../protocol/index.js";
import { toRange } from "../ranges.js";

/** Shows what a code lens speaks of where VS Code shows references. `ask` gets the places from the server. */
export async function showLensPlaces(lens: unknown, ask: (lens: LensPlacesParams) => Promise<unknown>): Promise<void> {
	if (!isLensPlacesParams(lens)) return;
	const places = await ask(lens);
	if (!isUriRanges(places)) throw new Error("The analysis answered with something else than places.");
	await vscode.commands.executeCommand(
		"editor.action.showReferences",
		vscode.Uri.parse(lens.uri),
		toRange(lens).start,
		places.map((place) => new vscode.Location(vscode.Uri.parse(place.uri), toRange(place))),
	);
}
