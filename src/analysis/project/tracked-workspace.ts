import { type Derivations, Input, Inputs } from "../incremental/index.js";
import type { FileRole, LiveWorkspace, Package, Workspace } from "../workspace/index.js";

/**
 * A workspace of which is noted who has looked at what its packages and databases say. Which files there are, what they are for and
 * where imports lead is not noted: when its structure changes, the evaluation begins anew.
 */
export class TrackedWorkspace implements Workspace {
	/** By the package's folder. */
	readonly #packages = new Inputs<string>();
	readonly #allPackages = new Input();
	readonly #urls = new Input();
	#seen: Seen;

	constructor(
		private readonly workspace: LiveWorkspace,
		private readonly derivations: Derivations,
	) {
		this.#seen = seenIn(workspace);
	}

	/** Forgets what rests on what is different now; says whether that is all that needs to be done. */
	follow(): boolean {
		const before = this.#seen;
		const now = seenIn(this.workspace);
		if (now.structure !== before.structure) return false;
		this.#seen = now;
		const changed = [...now.packages].filter(([dir, text]) => before.packages.get(dir) !== text);
		for (const [dir] of changed) this.derivations.changed(this.#packages.of(dir));
		if (changed.length > 0) this.derivations.changed(this.#allPackages);
		if (now.urls !== before.urls) this.derivations.changed(this.#urls);
		return true;
	}

	get sources(): Workspace["sources"] {
		return this.workspace.sources;
	}

	get packages(): readonly Package[] {
		this.derivations.read(this.#allPackages);
		return this.workspace.packages;
	}

	get urlSettings(): Workspace["urlSettings"] {
		this.derivations.read(this.#urls);
		return this.workspace.urlSettings;
	}

	get urlPlaces(): Workspace["urlPlaces"] {
		this.derivations.read(this.#urls);
		return this.workspace.urlPlaces;
	}

	get suppressions(): Workspace["suppressions"] {
		return this.workspace.suppressions;
	}

	has(file: string): boolean {
		return this.workspace.has(file);
	}

	packageOf(file: string): Package {
		const found = this.workspace.packageOf(file);
		this.derivations.read(this.#packages.of(found.dir));
		return found;
	}

	generatorOf(path: string): ReturnType<Workspace["generatorOf"]> {
		return this.workspace.generatorOf(path);
	}

	roleOf(file: string): FileRole {
		return this.workspace.roleOf(file);
	}
}

/** What a workspace says, as text to compare. */
interface Seen {
	readonly structure: string;
	/** By folder. */
	readonly packages: ReadonlyMap<string, string>;
	readonly urls: string;
}

function seenIn({ structure, packages, urlSettings, urlPlaces }: LiveWorkspace): Seen {
	return {
		structure,
		packages: new Map(packages.map((pkg) => [pkg.dir, JSON.stringify({ ...pkg, frameworks: [...pkg.frameworks] })])),
		urls: JSON.stringify([urlSettings, urlPlaces]),
	};
}
