import type { Linker } from "./linker.js";
import { MAX_DEPTH, NOTHING, truncated, union } from "./value-limits.js";
import type { Value } from "./values.js";

/** The module that a specifier leads to: a workspace file, a package, a generated client, or nothing that is there. */
export function moduleValues(linker: Linker, file: string, specifier: string): readonly Value[] {
	const resolution = linker.resolver.resolve(file, specifier);
	switch (resolution.kind) {
		case "file":
			return [{ k: "module", file: resolution.path }];
		case "package":
			return [{ k: "external", origin: { k: "package", name: resolution.name, subpath: resolution.subpath }, path: [] }];
		case "generated":
			return [{ k: "external", origin: { k: "generated", output: resolution.generator.output ?? "@prisma/client" }, path: [] }];
		case "unresolved":
			return [{ k: "external", origin: { k: "unresolved", specifier }, path: [] }];
	}
}

/** What a name imported from a module stands for; `*` is the module. */
export function importValues(linker: Linker, file: string, specifier: string, name: string, depth: number): readonly Value[] {
	if (name === "*") return requiredValues(linker, file, specifier, depth);
	return union(moduleValues(linker, file, specifier).map((module) => linker.memberOf(module, name, depth + 1)));
}

/** What `require` yields: the one value that a module exports as a whole, be it a client or a function, else its namespace. */
export function requiredValues(linker: Linker, file: string, specifier: string, depth: number): readonly Value[] {
	return union(
		moduleValues(linker, file, specifier).map((module) => {
			const exports = module.k === "module" ? (linker.facts(module.file)?.exports ?? []) : [];
			if (module.k !== "module" || exports.length === 0 || exports.some(({ name }) => name !== "export=")) return [module];
			const whole = exportedValues(linker, module.file, "export=", depth + 1);
			return whole.length === 0 || whole.some(({ k }) => k === "object") ? [module] : whole;
		}),
	);
}

/** What a workspace file exports under a name, through re-exports and CommonJS. */
export function exportedValues(linker: Linker, file: string, name: string, depth = 0): readonly Value[] {
	const facts = linker.facts(file);
	if (!facts) return NOTHING;
	if (depth > MAX_DEPTH) return truncated(linker);
	const direct = facts.exports.filter((fact) => fact.name === name);
	if (direct.length > 0) {
		return union(
			direct.map((fact) => {
				if (fact.from) return importValues(linker, file, fact.from.specifier, fact.from.name, depth + 1);
				return fact.value ? linker.values(file, fact.value, 0, depth + 1) : NOTHING;
			}),
		);
	}
	const whole = facts.exports.filter((fact) => fact.name === "export=" && fact.value);
	if (whole.length > 0) {
		const values = union(whole.map((fact) => (fact.value ? linker.values(file, fact.value, 0, depth + 1) : NOTHING)));
		return name === "default" ? values : union(values.map((value) => linker.memberOf(value, name, depth + 1)));
	}
	if (name === "default") return facts.usesEsm ? NOTHING : [{ k: "module", file }];
	const stars = facts.exports.filter((fact) => fact.name === "*" && fact.from);
	const found = union(stars.map((fact) => (fact.from ? importValues(linker, file, fact.from.specifier, name, depth + 1) : NOTHING)));
	// A name that a workspace file really exports wins over one an outside module might.
	const certain = found.filter((value) => value.k !== "external");
	return certain.length > 0 ? certain : found;
}
