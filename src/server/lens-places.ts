import { AnalysisMethod, isLensPlacesParams, type UriRange } from "../protocol/index.js";
import type { Folders } from "./folders.js";

/** What a click on a code lens shows; nothing outside of all folders. @throws when `params` are no code lens */
export function lensPlaces(folders: Folders, params: unknown): readonly UriRange[] {
	if (!isLensPlacesParams(params)) throw new Error(`${AnalysisMethod.lensPlaces} takes a code lens.`);
	const { uri, ...lens } = params;
	const found = folders.find(uri);
	if (found === null) return [];
	const { folder, file } = found;
	return folder.analysis
		.lensPlaces({ ...lens, file, title: "" })
		.map(({ file: place, ...range }) => ({ ...range, uri: folder.placeOf(place).uri }));
}
