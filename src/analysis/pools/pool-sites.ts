import { Table } from "../incremental/index.js";
import type { Creations } from "../summaries/creations.js";
import type { Linker } from "../summaries/linker.js";
import type { Workspace } from "../workspace/index.js";
import { type AdapterSite, adaptersIn, type OptionNumber } from "./adapters.js";
import { type Manager, managersIn } from "./managers.js";
import { type PoolConfig, poolConfigsIn } from "./unused-configs.js";
import { urlNumbersIn } from "./url-numbers.js";

/** What single files say of pools. */
export class PoolSites {
	readonly #adapters: Table<string, readonly AdapterSite[]>;
	readonly #urlNumbers: Table<string, readonly OptionNumber[]>;
	readonly #managers: Table<string, readonly Manager[]>;
	readonly #configs: Table<string, readonly PoolConfig[]>;

	constructor(
		private readonly linker: Linker,
		private readonly workspace: Workspace,
		private readonly creations: Creations,
	) {
		this.#adapters = new Table(linker.derivations);
		this.#urlNumbers = new Table(linker.derivations);
		this.#managers = new Table(linker.derivations);
		this.#configs = new Table(linker.derivations);
	}

	/** The driver adapters it makes. */
	adaptersIn(file: string): readonly AdapterSite[] {
		return this.#adapters.get(file, () => adaptersIn(this.linker, file));
	}

	/** Numbers among the parameters of database URLs it writes. */
	urlNumbersIn(file: string): readonly OptionNumber[] {
		return this.#urlNumbers.get(file, () => urlNumbersIn(this.linker, file));
	}

	/** Objects of an app's file that look like a Prisma pool's configuration. */
	configsIn(file: string): readonly PoolConfig[] {
		return this.#configs.get(file, () => {
			const pkg = this.workspace.packageOf(file);
			if (this.workspace.roleOf(file) !== "app" || pkg.prismaFrom === null) return [];
			return poolConfigsIn(this.linker, pkg, file, this.creations.sitesIn(file).length > 0);
		});
	}

	/** Its home-made pools whose elements are PrismaClients. */
	managersIn(file: string): readonly Manager[] {
		return this.#managers.get(file, () => managersIn(this.linker, file, this.creations.of(file)));
	}
}
