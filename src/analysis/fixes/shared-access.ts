import type { ClassFact, FileFacts, FunctionId } from "../facts/index.js";
import type { Client } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import { isMadeAt, type Value } from "../summaries/values.js";
import type { SharedClient } from "./types.js";

export type Access = Pick<SharedClient, "exportName" | "access">;

/** How other files reach a client: its export, or the exported function, object or class that hands it out; null when none does. */
export function accessTo(linker: Linker, client: Client, text: string): Access | null {
	return new AccessFinder(linker, client, text).find();
}

class AccessFinder {
	readonly #facts: FileFacts | undefined;

	constructor(
		private readonly linker: Linker,
		private readonly client: Client,
		private readonly text: string,
	) {
		this.#facts = linker.facts(client.file);
	}

	/** A plain value reads best; a call comes next, the shortest first. */
	find(): Access | null {
		const found = (this.#facts?.exports ?? []).flatMap((fact) => {
			if (fact.name === "*" || fact.from || !fact.value) return [];
			return this.linker.values(this.client.file, fact.value, 0).flatMap((value) => this.#through(fact.name, value));
		});
		return found.sort((a, b) => lengthOf(a) - lengthOf(b))[0] ?? null;
	}

	#through(exportName: string, value: Value): Access[] {
		if (this.#isClient(value)) return [{ exportName, access: "value" }];
		if (value.k === "object" && exportName === "export=") {
			return value.expression.entries.flatMap((entry) =>
				this.linker.values(value.file, entry.value, value.at).flatMap((inner) => this.#through(entry.key, inner)),
			);
		}
		// Only what has a name of its own can be followed by a call.
		const local = exportName === "default" || exportName === "export=" ? "shared" : exportName;
		return this.#calls(value, local).map((call) => ({ exportName, access: { call } }));
	}

	#calls(value: Value, of: string): string[] {
		if (value.k === "function" && value.file === this.client.file)
			return this.#handsOut(value.id, (v) => this.#isClient(v)) ? [`${of}()`] : [];
		if (value.k === "instance" && value.of.k === "class") return this.#fromInstance(value.of, of);
		if (value.k !== "class" || value.file !== this.client.file) return [];
		return this.#fromClass(value, of);
	}

	#fromClass(value: Value & { k: "class" }, of: string): string[] {
		const fact = this.#facts?.classes[value.id];
		const statics = fact?.methods.filter(({ isStatic }) => isStatic) ?? [];
		const direct = statics.filter((method) => this.#handsOut(method.function, (v) => this.#isClient(v)));
		const makers = statics.filter((method) => this.#handsOut(method.function, (v) => isInstanceOf(v, value)));
		return [
			...direct.map(({ name, function: id }) => `${of}.${name}${this.#parentheses(id)}`),
			...makers.flatMap(({ name, function: id }) => this.#fromInstance(value, `${of}.${name}${this.#parentheses(id)}`)),
		];
	}

	#fromInstance(value: Value & { k: "class" }, of: string): string[] {
		const fact = value.file === this.client.file ? this.#facts?.classes[value.id] : undefined;
		if (!fact) return [];
		const methods = fact.methods.filter((method) => !method.isStatic && this.#handsOut(method.function, (v) => this.#isClient(v)));
		return [...methods.map(({ name, function: id }) => `${of}.${name}${this.#parentheses(id)}`), ...this.#fields(fact, of)];
	}

	#fields(fact: ClassFact, of: string): string[] {
		const fields = fact.fields.filter(({ name, init, isStatic, span }) => {
			const isOpen = !isStatic && !name.startsWith("#") && !/\b(private|protected)\b/.test(this.text.slice(span.start, span.end));
			const values = isOpen && init && fact.instanceInit !== null ? this.linker.values(this.client.file, init, fact.instanceInit) : [];
			return values.some((value) => this.#isClient(value));
		});
		return fields.map(({ name }) => `${of}.${name}`);
	}

	/** A function that anyone can call without arguments and that returns at once. */
	#handsOut(id: FunctionId, isWanted: (value: Value) => boolean): boolean {
		const fact = this.#facts?.functions[id];
		if (!fact || fact.isAsync || fact.params.length > 0 || fact.kind === "constructor" || fact.kind === "setter") return false;
		const head = this.text.slice(fact.span.start, fact.span.start + 60);
		if (fact.name?.startsWith("#") || /^\s*((static|override)\s+)*(private|protected)\b/.test(head)) return false;
		return fact.returns.some((expression) => this.linker.values(this.client.file, expression, id).some(isWanted));
	}

	#parentheses(id: FunctionId): string {
		return this.#facts?.functions[id]?.kind === "getter" ? "" : "()";
	}

	#isClient(value: Value): boolean {
		return isMadeAt(value, this.client);
	}
}

function isInstanceOf(value: Value, cls: Value & { k: "class" }): boolean {
	return value.k === "instance" && value.of.k === "class" && value.of.file === cls.file && value.of.id === cls.id;
}

function lengthOf({ access, exportName }: Access): number {
	return access === "value" ? (exportName === "default" ? 1 : 0) : access.call.length + 10;
}
