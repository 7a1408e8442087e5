import type { ClientLens } from "../../protocol/index.js";
import type { ImportGraph } from "../project/import-graph.js";
import { rangeOf } from "../rules/places.js";
import type { Model } from "../rules/types.js";
import type { Client } from "../summaries/clients.js";
import { Siblings } from "./siblings.js";
import { usersOf } from "./users.js";

/** A line above each client of a file: the shared one's says who uses it, the others' how many there are. */
export function clientLenses(model: Model, imports: ImportGraph, file: string): readonly ClientLens[] {
	if (model.workspace.roleOf(file) !== "app") return [];
	const siblings = new Siblings(model);
	const clients = model.clients.all.filter((client) => client.file === file);
	const services = model.clients.provided.filter((service) => service.file === file);
	return [
		...clients.flatMap((client) => {
			const lens = clientLens(model, imports, client, siblings.of(client));
			return lens === null ? [] : [{ file, ...rangeOf({ file, span: client.head }, model.linker), ...lens }];
		}),
		...services.flatMap(({ head }) => {
			const lens = usersLens(model, imports, file);
			return lens === null ? [] : [{ file, ...rangeOf({ file, span: head }, model.linker), ...lens }];
		}),
	];
}

type Lens = Pick<ClientLens, "title" | "shows">;

function clientLens(model: Model, imports: ImportGraph, client: Client, siblings: readonly Client[]): Lens | null {
	if (isShared(model, client, siblings.length)) return usersLens(model, imports, client.file);
	if (siblings.length < 2) return null;
	return { title: `${siblings.indexOf(client) + 1} of ${siblings.length} clients`, shows: "clients" };
}

function isShared({ clients }: Model, client: Client, siblings: number): boolean {
	return siblings < 2 ? clients.isShareable(client) : clients.groups.some(({ shared }) => shared === client);
}

function usersLens({ workspace }: Model, imports: ImportGraph, file: string): Lens | null {
	const { length } = usersOf(workspace, imports, file).files;
	return length === 0 ? null : { title: `shared by ${length} ${length === 1 ? "file" : "files"}`, shows: "users" };
}
