import { ts } from "ts-morph";
import { ancestor } from "./nodes.js";
import type { Source } from "./source.js";

/** Picks the name under which a file knows the shared client, so that every use means the import and nothing else does. */
export class LocalNames {
	constructor(
		private readonly source: Source,
		/** Variables that go: their names become free. */
		private readonly dropped: ReadonlySet<ts.Declaration>,
		/** Places where the name will stand. */
		private readonly uses: readonly ts.Node[],
	) {}

	pick(preferred: readonly string[]): string {
		const candidates = [...preferred, ...preferred.map((name) => `shared${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`), "prismaClient"];
		const free = candidates.find((name) => this.isFree(name));
		if (free !== undefined) return free;
		for (let index = 2; ; index++) if (this.isFree(`sharedPrisma${index}`)) return `sharedPrisma${index}`;
	}

	isFree(name: string): boolean {
		if (this.source.mentions(name).some((mention) => this.source.declarationOf(mention) === undefined && !ts.isPartOfTypeNode(mention)))
			return false;
		return this.means(name, undefined);
	}

	/** Whether the name means `declaration` at the module's level and wherever it will stand, once the dropped variables are gone. */
	means(name: string, declaration: ts.Declaration | undefined): boolean {
		const isSame = (at: ts.Node): boolean => this.#lookUp(name, at) === declaration;
		return isSame(this.source.tree) && this.uses.every(isSame);
	}

	/** As `Source.lookUp`, looking through dropped variables to what they hid. */
	#lookUp(name: string, at: ts.Node): ts.Declaration | undefined {
		let found = this.source.lookUp(name, at);
		while (found && this.dropped.has(found)) {
			const scope: ts.Node | undefined = scopeOf(found)?.parent;
			if (!scope) return undefined;
			found = this.source.lookUp(name, scope);
		}
		return found;
	}
}

/** A function's parameters and the names of its body are one scope. */
function scopeOf(declaration: ts.Declaration): ts.Node | undefined {
	const list = declaration.parent;
	const isBlockScoped = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) !== 0;
	return ancestor(declaration, (node): node is ts.Node => {
		if (ts.isSourceFile(node) || ts.isFunctionLike(node)) return true;
		return isBlockScoped && ((ts.isBlock(node) && !ts.isFunctionLike(node.parent)) || ts.isCaseBlock(node) || ts.isModuleBlock(node));
	});
}
