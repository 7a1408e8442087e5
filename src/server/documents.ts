import type { TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { pathOf, type Root } from "./root.js";

/** Where an edit or a diagnostic goes. `version` is the open document's, null for a file that is not open. */
export interface Place {
	readonly uri: string;
	readonly version: number | null;
}

/** The documents an editor holds open, found by path: editors and Node escape URIs differently. */
export class OpenDocuments {
	readonly #documents: TextDocuments<TextDocument>;

	constructor(documents: TextDocuments<TextDocument>) {
		this.#documents = documents;
	}

	all(): readonly TextDocument[] {
		return this.#documents.all();
	}

	placeOf(root: Root, file: string): Place {
		const path = root.pathOf(file);
		const document = this.#documents.all().find((open) => pathOf(open.uri) === path);
		return document === undefined ? { uri: root.uriOf(file), version: null } : { uri: document.uri, version: document.version };
	}
}
