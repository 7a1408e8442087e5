import { ts } from "ts-morph";
import type { Planned } from "./candidate.js";
import { removeDisconnects } from "./disconnects.js";
import { applyEdits, type Edit } from "./edits.js";
import { LocalNames } from "./local-name.js";
import { isAtLoad, isUsing } from "./nodes.js";
import { relativeSpecifier } from "./placement.js";
import { type Removal, removalOf } from "./removal.js";
import { Rewrite } from "./rewrite.js";
import { SharedImport } from "./shared-import.js";
import { firstSyntaxError, type Source, scriptKind } from "./source.js";
import { accessText, defaultName, localNameOf, type Target } from "./target.js";
import { Refusal } from "./types.js";
import { removeUnused } from "./unused.js";

/** What changes in the client's own file. */
export interface FilePlanned extends Planned {
	/** Listeners that the shared client has already. */
	readonly doubles: readonly ts.Statement[];
}

type Drop = Removal & { kind: "drop" };

/** The edits that point all planned clients of one file to their shared client; `isNew` when that module is created with them. */
export function planFile(clients: readonly FilePlanned[], isNew: boolean): Edit[] {
	const [first] = clients;
	if (!first) return [];
	const rewrite = new Rewrite(first.source, first.style);
	for (const client of clients) {
		removeDisconnects(client.source, client.place, rewrite);
		for (const double of client.doubles) rewrite.removeStatement(double);
	}
	const replacement = new Replacement(rewrite, clients, first.target, isNew);
	replacement.write();
	const edits = rewrite.edits();
	refuseBroken(first.source, edits);
	return edits;
}

class Replacement {
	readonly #source: Source;
	readonly #removals: readonly Removal[];
	readonly #drops: readonly Drop[];

	constructor(
		private readonly rewrite: Rewrite,
		private readonly clients: readonly FilePlanned[],
		private readonly target: Target,
		private readonly isNew: boolean,
	) {
		this.#source = rewrite.source;
		const isPlainName = target.access === "value" && rewrite.style.modules !== "import-equals";
		this.#removals = clients.map(({ source, place }) => (isPlainName ? removalOf(source, place) : { kind: "replace", node: place.value }));
		for (const [index, { place }] of clients.entries()) {
			const { holder } = place;
			if (this.#removals[index]?.kind === "replace" && holder.kind === "variable" && isUsing(holder.declaration)) {
				throw new Refusal("`using` would dispose of the shared client when the block ends. Use it without a variable first.");
			}
		}
		this.#drops = this.#removals.filter((removal) => removal.kind === "drop");
	}

	write(): void {
		for (const drop of this.#drops) this.#drop(drop);
		this.rewrite.settle();
		const references = this.#drops
			.flatMap((drop) => this.#source.references(drop.declaration))
			.filter((mention) => !this.rewrite.covers(mention));
		const replaced = this.#removals.flatMap((removal) => (removal.kind === "replace" ? [removal.node] : []));
		const reexported = this.#reexported(references, replaced);
		if (this.target.file === this.#source.path) this.#useOwn(references, replaced);
		else this.#useImport(references, replaced, reexported);
	}

	#drop({ declaration, companions, exported }: Drop): void {
		for (const companion of companions) this.rewrite.removeStatement(companion);
		if (exported) this.rewrite.removeStatement(exported);
		else this.rewrite.removeItem(declaration);
	}

	/** Exports that nothing in the file uses: one line that passes the shared client on is all that is left. */
	#reexported(references: readonly ts.Identifier[], replaced: readonly ts.Expression[]): boolean {
		return references.length === 0 && replaced.length === 0 && this.#drops.every((drop) => drop.exported);
	}

	#useOwn(references: readonly ts.Identifier[], replaced: readonly ts.Expression[]): void {
		const local = localNameOf(this.#source, this.target.exportName);
		const declaration = local && this.#source.declarationOf(local);
		if (!local || !declaration) throw new Refusal("The shared client of this file has no name of its own here.");
		const early = [...references, ...replaced].find((use) => isAtLoad(use) && use.pos < declaration.pos);
		if (early) throw new Refusal(`Line ${this.#source.lineOf(early.getStart())} runs before the shared client of this file exists.`);
		const names = new LocalNames(this.#source, this.#dropped(), [...references, ...replaced]);
		if (!names.means(local.text, declaration))
			throw new Refusal(`The shared client's name \`${local.text}\` means something else at this place.`);
		this.#rename(references, replaced, local.text);
		for (const drop of this.#drops) if (drop.exported) this.#exportLocal(drop, local.text);
		this.#removeUnused();
	}

	#useImport(references: readonly ts.Identifier[], replaced: readonly ts.Expression[], reexported: boolean): void {
		const shared = new SharedImport(this.rewrite, this.target, this.#specifier(), (specifier) => this.#leadsToTarget(specifier));
		if (reexported) {
			for (const drop of this.#drops) if (drop.exported) shared.reexport(drop.exported, drop.declaration.name.getText());
			this.#removeUnused();
			return;
		}
		const names = new LocalNames(this.#source, this.#dropped(), [...references, ...replaced]);
		const existing = shared.existing();
		const known = existing === null ? undefined : ts.getNameOfDeclaration(existing)?.getText();
		const imported = existing && known !== undefined && names.means(known, existing) ? known : null;
		const local = imported ?? names.pick(this.#preferredNames());
		this.#rename(references, replaced, local);
		for (const drop of this.#drops) if (drop.exported) this.#exportLocal(drop, local);
		this.#removeUnused();
		if (imported === null) shared.write(local, this.rewrite.removedImport(), this.#firstUse(references, replaced));
	}

	#rename(references: readonly ts.Identifier[], replaced: readonly ts.Expression[], local: string): void {
		for (const mention of references) if (mention.text !== local) this.rewrite.replace(mention, renamed(mention, local));
		const whole = this.rewrite.style.modules === "import-equals" ? this.#memberOf(local) : accessText(this.target, local);
		for (const node of replaced) this.rewrite.replace(node, whole);
	}

	/** After `import db = require("./db")`. */
	#memberOf(local: string): string {
		const { exportName } = this.target;
		return exportName === "export=" ? accessText(this.target, local) : `${local}.${accessText(this.target, exportName)}`;
	}

	#exportLocal(drop: Drop, local: string): void {
		const name = drop.declaration.name.getText();
		const statement = drop.exported;
		if (statement)
			this.rewrite.replaceRemoved(statement, `export { ${name === local ? name : `${local} as ${name}`} }${this.rewrite.style.semicolon}`);
	}

	#removeUnused(): void {
		removeUnused(this.#source, this.rewrite, [...this.clients.map(({ place }) => place.value), ...this.rewrite.removed]);
		this.rewrite.settle();
	}

	#firstUse(references: readonly ts.Identifier[], replaced: readonly ts.Expression[]): number {
		const early = [...references, ...replaced].filter(isAtLoad).map((use) => use.getStart());
		return Math.min(this.#source.text.length, ...early);
	}

	/** A module-level variable's own name first: nothing else in the file needs to change then. */
	#preferredNames(): string[] {
		if (this.rewrite.style.modules === "import-equals") return ["db", "database"];
		if (this.target.access !== "value") return [defaultName(this.target)];
		const own = this.#drops
			.filter(({ exported }) => !exported)
			.sort((a, b) => Number(isAtLoad(b.declaration)) - Number(isAtLoad(a.declaration)));
		const names = own.map(({ declaration }) => declaration.name.getText());
		return [...names.filter((name) => name === defaultName(this.target)), ...names, defaultName(this.target)];
	}

	#dropped(): Set<ts.Declaration> {
		return new Set(this.#drops.map((drop) => drop.declaration));
	}

	#specifier(): string {
		const { request } = this.clients[0] ?? { request: null };
		const specifier = request?.workspace.specifierFor(this.#source.path, this.target.file) ?? null;
		if (specifier !== null) return specifier;
		if (this.isNew) return relativeSpecifier(this.#source.path, this.#source.text, this.target.file);
		throw new Refusal(`No import leads from ${this.#source.path} to ${this.target.file}: its package does not depend on the other.`);
	}

	#leadsToTarget(specifier: string): boolean {
		return this.clients.some(({ request }) => request.workspace.resolveImport(this.#source.path, specifier) === this.target.file);
	}
}

function renamed(mention: ts.Identifier, local: string): string {
	const parent = mention.parent;
	if (ts.isShorthandPropertyAssignment(parent) && parent.name === mention) return `${mention.text}: ${local}`;
	if (ts.isExportSpecifier(parent) && !parent.propertyName) return `${local} as ${mention.text}`;
	return local;
}

/** Nothing is applied that does not parse. */
function refuseBroken(source: Source, edits: readonly Edit[]): void {
	const text = applyEdits(source.text, edits);
	const tree = ts.createSourceFile(source.path, text, ts.ScriptTarget.Latest, false, scriptKind(source.path));
	if (firstSyntaxError(tree) !== null) throw new Refusal(`The way ${source.path} is written is not one that this fix can change safely.`);
}
