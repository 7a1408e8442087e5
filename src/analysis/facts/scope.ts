import type { BindingId } from "./types.js";

/** Names visible at a place, block by block. */
export class Scope {
	/** Made with the first name: most blocks declare none. */
	private names: Map<string, BindingId> | null = null;

	constructor(private readonly parent: Scope | null) {}

	declare(name: string, id: BindingId): void {
		this.names ??= new Map();
		this.names.set(name, id);
	}

	/** The binding a name has in this very block, if it was declared here. */
	own(name: string): BindingId | undefined {
		return this.names?.get(name);
	}

	lookup(name: string): BindingId | undefined {
		for (let scope: Scope | null = this; scope; scope = scope.parent) {
			const id = scope.names?.get(name);
			if (id !== undefined) return id;
		}
		return undefined;
	}
}
