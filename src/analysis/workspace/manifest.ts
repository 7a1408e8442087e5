import { isRecord, stringOrNull } from "./json.js";

/** What the analysis reads off a `package.json`. */
export interface Manifest {
	readonly name: string | null;
	readonly version: string | null;
	readonly dependencies: Readonly<Record<string, string>>;
	readonly moduleType: "module" | "commonjs";
	readonly scripts: Readonly<Record<string, string>>;
	/** `prisma.schema` and `prisma.seed`, as written. */
	readonly schema: string | null;
	readonly seed: string | null;
	readonly exports: unknown;
	readonly imports: unknown;
	readonly main: string | null;
	readonly entries: readonly string[];
}

/** Stands for a missing or broken `package.json`. */
export const EMPTY_MANIFEST: Manifest = {
	name: null,
	version: null,
	dependencies: {},
	moduleType: "commonjs",
	scripts: {},
	schema: null,
	seed: null,
	exports: undefined,
	imports: undefined,
	main: null,
	entries: [],
};

/** Null when the text is not a JSON object. */
export function parseManifest(text: string): Manifest | null {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return null;
	}
	if (!isRecord(json)) return null;
	const prisma = isRecord(json.prisma) ? json.prisma : {};
	return {
		name: stringOrNull(json.name),
		version: stringOrNull(json.version),
		dependencies: {
			...strings(json.peerDependencies),
			...strings(json.optionalDependencies),
			...strings(json.devDependencies),
			...strings(json.dependencies),
		},
		moduleType: json.type === "module" ? "module" : "commonjs",
		scripts: strings(json.scripts),
		schema: stringOrNull(prisma.schema),
		seed: stringOrNull(prisma.seed),
		exports: json.exports,
		imports: json.imports,
		main: stringOrNull(json.main),
		entries: ["source", "main", "module", "types", "typings"].flatMap((key) => stringOrNull(json[key]) ?? []),
	};
}

function strings(value: unknown): Record<string, string> {
	if (!isRecord(value)) return {};
	return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
