import { posix } from "node:path";
import { positionAt } from "./positions.js";
import type { ParsedDatasource, ParsedGenerator, ParsedSchema } from "./prisma-schema.js";
import type { Generator, PreviewFeature, Schema } from "./types.js";

export interface SchemaFile {
	readonly path: string;
	readonly parsed: ParsedSchema;
	readonly lineStarts: readonly number[];
}

/** A schema with all files it is made of. */
export interface AssembledSchema {
	readonly schema: Schema;
	readonly files: readonly string[];
	readonly usesAccelerateUrl: boolean;
}

/**
 * Joins the files of multi-file schemas. A folder that a configuration names is one schema; else a file with a datasource is one, and
 * a file without joins the nearest such file in its folder or above it.
 */
export function assembleSchemas(files: readonly SchemaFile[], configuredFolders: readonly string[]): AssembledSchema[] {
	const groups = new Map<string, SchemaFile[]>();
	const heads = files.filter((file) => file.parsed.datasource !== null);
	for (const file of files) {
		const key = configuredFolders.find((folder) => file.path.startsWith(`${folder}/`)) ?? headOf(file, heads)?.path ?? file.path;
		groups.set(key, [...(groups.get(key) ?? []), file]);
	}
	return [...groups.values()].map(assemble);
}

function headOf(file: SchemaFile, heads: readonly SchemaFile[]): SchemaFile | undefined {
	if (file.parsed.datasource !== null) return file;
	for (let folder = posix.dirname(file.path); ; folder = posix.dirname(folder)) {
		const head = heads.find((candidate) => posix.dirname(candidate.path) === folder);
		if (head !== undefined || folder === ".") return head;
	}
}

function assemble(files: readonly SchemaFile[]): AssembledSchema {
	const head = files.find((file) => file.parsed.datasource !== null) ?? files[0];
	const datasource: ParsedDatasource | null = head?.parsed.datasource ?? null;
	const headPath = head?.path ?? "";
	return {
		schema: {
			path: files.length > 1 ? posix.dirname(headPath) : headPath,
			generators: files.flatMap((file) => file.parsed.generators.map((generator) => placed(generator, file.path))),
			provider: datasource?.provider ?? null,
			urlVariable: datasource?.urlVariable ?? null,
			models: files.reduce((sum, file) => sum + file.parsed.models, 0),
			previews: files.flatMap(previewsIn),
		},
		files: files.map((file) => file.path),
		usesAccelerateUrl: datasource?.url?.scheme === "prisma",
	};
}

function previewsIn({ path, parsed, lineStarts }: SchemaFile): PreviewFeature[] {
	return parsed.generators.flatMap(({ previewPlaces }) =>
		previewPlaces.map(({ feature, start, end }) => {
			const from = positionAt(lineStarts, start);
			const to = positionAt(lineStarts, end);
			return { name: feature, file: path, range: { ...from, endLine: to.line, endColumn: to.column } };
		}),
	);
}

function placed(generator: ParsedGenerator, file: string): Generator {
	const { name, provider, engineType, previewFeatures } = generator;
	return { name, provider, engineType, previewFeatures, output: outputOf(generator, posix.dirname(file)) };
}

/** Null where `@prisma/client` itself is what is imported: no output, or its default place in node_modules. */
function outputOf(generator: ParsedGenerator, folder: string): string | null {
	if (generator.output === null || generator.output === "") return null;
	const output = posix.join(folder, generator.output.replace(/\\/g, "/")).replace(/\/$/, "");
	return /(^|\/)node_modules\/(@prisma\/client|\.prisma\/client)$/.test(output) ? null : output;
}
