import { ts } from "ts-morph";
import type { Finding } from "../../protocol/index.js";
import type { AdapterSite, PoolTimeout } from "../pools/index.js";
import { durationText } from "../rules/duration-text.js";
import { headSpan } from "../rules/places.js";
import { fileEdit } from "./edits.js";
import { findingAt } from "./finding-place.js";
import type { FixContext, FixKind, Repair } from "./kind.js";
import { expressionAt } from "./nodes.js";
import { addProperties, numberText } from "./object-literal.js";
import { Refusal } from "./types.js";
import { rewriteNumber } from "./written-number.js";

/** Gives a pool's time-out the profile's value in the driver's unit, or the wait for a connection an end where it has none. */
export const setPoolTimeouts: FixKind = {
	plan(finding, context) {
		const { model } = context;
		const timeout = model.pools.timeouts.find(({ place }) => findingAt(finding, place, model));
		if (timeout) return shorten(timeout, context);
		const adapter = model.pools.adapters.find((site) => isMadeAt(site, finding, context));
		if (adapter) return addWait(adapter, context);
		throw new Refusal("No pool takes a time-out from this place any more.");
	},
};

function shorten({ kind, option, unit, place, environment }: PoolTimeout, context: FixContext): Repair {
	const milliseconds = context.model.settings.profile.poolTimeoutsMs[kind];
	return {
		title: `Set ${option} to ${durationText(milliseconds)}`,
		changes: [rewriteNumber(context, place, option, milliseconds / unit)],
		notes: environment === null ? [] : [`${environment} still takes precedence where it is set.`],
	};
}

/** What opens the pool: the adapter, or the pool it is given. */
function openerOf({ file, id, pools }: AdapterSite): { readonly file: string; readonly id: number } {
	return pools[0] ?? { file, id };
}

function isMadeAt(site: AdapterSite, finding: Finding, { model }: FixContext): boolean {
	const { file, id } = openerOf(site);
	const made = model.linker.facts(file)?.news[id];
	return site.waitsForEver.length > 0 && made !== undefined && findingAt(finding, { file, span: headSpan(made) }, model);
}

function addWait(site: AdapterSite, context: FixContext): Repair {
	const [missing] = site.waitsForEver;
	const opener = openerOf(site);
	const made = context.model.linker.facts(opener.file)?.news[opener.id];
	if (!missing || !made) throw new Refusal("This pool is not made here any more.");
	const milliseconds = context.model.settings.profile.poolTimeoutsMs[missing.kind];
	const source = context.source(opener.file);
	const creation = source.newAt(made.span);
	if (!creation) throw new Refusal("This pool is not made by a plain `new`.");
	const property = `${missing.option}: ${numberText(milliseconds / missing.unit, source.text)}`;
	return {
		title: `Set ${missing.option} to ${durationText(milliseconds)}`,
		changes: [withOption(site, creation, property, context)],
		notes: [],
	};
}

function withOption(site: AdapterSite, creation: ts.NewExpression, property: string, context: FixContext): Repair["changes"][number] {
	const { file } = openerOf(site);
	const { text } = context.source(file);
	const [argument] = creation.arguments ?? [];
	if (!argument) {
		const end = creation.arguments ? creation.end - 1 : creation.end;
		const inner = `{ ${property} }`;
		return fileEdit(file, text, [{ start: end, end, text: creation.arguments ? inner : `(${inner})` }]);
	}
	const objects = site.options.flatMap(({ file: from, expression, at }) =>
		context.model.linker.values(from, expression, at).flatMap((value) => (value.k === "object" ? [value] : [])),
	);
	const [object, ...others] = objects;
	if (!object && site.options.length === 1) {
		// A connection string is all the options there are.
		const written = argument.getText();
		const url = written === "connectionString" ? written : `connectionString: ${written}`;
		return fileEdit(file, text, [{ start: argument.getStart(), end: argument.end, text: `{ ${url}, ${property} }` }]);
	}
	if (!object || others.length > 0) throw new Refusal("This pool takes its options from several places.");
	const source = context.source(object.file);
	const literal = expressionAt(source.tree, object.expression.span);
	if (!literal || !ts.isObjectLiteralExpression(literal)) throw new Refusal("This pool's options are not written as one object.");
	return fileEdit(object.file, source.text, [addProperties(source, literal, [property])]);
}
