import { ts } from "ts-morph";
import type { Edit } from "./edits.js";
import { fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixKind } from "./kind.js";
import { expressionAt } from "./nodes.js";
import { addProperties } from "./object-literal.js";
import type { Source } from "./source.js";
import { Refusal } from "./types.js";

const OPTION = "disposeExternalPool";
/** The first version whose adapter takes a pool and the option. */
const SINCE = { major: 6, minor: 13 } as const;

/** Tells the adapter that the pool it is handed is its own, so that `$disconnect` ends it. */
export const disposeExternalPool: FixKind = {
	plan(finding, context) {
		const { file } = finding;
		const version = context.model.workspace.packageOf(file).prismaVersion;
		if (version !== null && isOlder(version)) {
			throw new Refusal(
				`Prisma ${version} has no ${OPTION}, which came with ${SINCE.major}.${SINCE.minor}. Call end() on the pool after $disconnect.`,
			);
		}
		const source = context.source(file);
		const pool = expressionAt(source.tree, spanOf(finding, source.text));
		const creation = pool?.parent;
		if (!pool || !creation || !ts.isNewExpression(creation) || creation.arguments?.[0] !== pool)
			throw new Refusal("No adapter is given a pool at this place any more.");
		return {
			title: "Let $disconnect end the pool",
			changes: [fileEdit(file, source.text, [withOption(source, pool, creation.arguments[1])])],
			notes: [],
		};
	},
};

function isOlder(version: string): boolean {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	return major < SINCE.major || (major === SINCE.major && minor < SINCE.minor);
}

function withOption(source: Source, pool: ts.Expression, options: ts.Expression | undefined): Edit {
	if (!options) return { start: pool.end, end: pool.end, text: `, { ${OPTION}: true }` };
	if (!ts.isObjectLiteralExpression(options)) throw new Refusal("The adapter's options are not written here.");
	const stated = options.properties.find((property) => property.name?.getText() === OPTION);
	if (!stated) return addProperties(source, options, [`${OPTION}: true`]);
	return { start: stated.getStart(), end: stated.end, text: `${OPTION}: true` };
}
