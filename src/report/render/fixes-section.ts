import type { Applied, Cause, LeakReport } from "../leaks/types.js";
import type { Block, Section, Text } from "./document.js";
import { basisText, figureText } from "./figures.js";

export function fixesSection({ causes, applied }: LeakReport): Section {
	return { title: "Fixes", blocks: [...appliedBlocks(applied), ...availableBlocks(causes), ...decisionBlocks(causes)] };
}

function appliedBlocks(applied: readonly Applied[]): readonly Block[] {
	if (applied.length === 0) return [];
	return [
		{ kind: "heading", text: "Applied" },
		{
			kind: "table",
			columns: [
				{ head: "Mended", align: "left" },
				{ head: "Places", align: "right" },
				{ head: "Saving", align: "right" },
				{ head: "Basis", align: "left" },
			],
			rows: applied.map(({ title, places, saving }) => [
				title,
				String(places.length),
				saving === null ? "not known" : figureText(saving, "bytes"),
				saving === null ? "–" : basisText(saving),
			]),
		},
	];
}

function availableBlocks(causes: readonly Cause[]): readonly Block[] {
	const available = causes.flatMap(({ rule, places, title }) => {
		const fixable = places.filter(({ fix }) => fix.kind === "available");
		const ids = new Set(fixable.flatMap(({ fix }) => (fix.kind === "available" ? [fix.id] : [])));
		return fixable.length === 0 ? [] : [{ rule, title, number: fixable.length, ids: [...ids] }];
	});
	if (available.length === 0) return [{ kind: "paragraph", text: "No fix is left to make." }];
	return [
		{ kind: "heading", text: "Available" },
		{
			kind: "table",
			columns: [
				{ head: "Cause", align: "left" },
				{ head: "Places", align: "right" },
				{ head: "Fix", align: "left" },
				{ head: "Preview", align: "left" },
			],
			rows: available.map(({ rule, title, number, ids }): readonly Text[] => [
				title,
				String(number),
				ids.flatMap((id, index) => [...(index === 0 ? [] : [", "]), { code: id }]),
				[{ code: `prisma-leak-lens fix . --rule ${rule} --dry-run` }],
			]),
		},
	];
}

function decisionBlocks(causes: readonly Cause[]): readonly Block[] {
	const items = causes.flatMap(({ places }) =>
		places.flatMap(({ file, line, fix }): Text[] => (fix.kind === "decision" ? [[{ code: `${file}:${line}` }, ` ${fix.reason}`]] : [])),
	);
	if (items.length === 0) return [];
	return [
		{ kind: "heading", text: "Left to a person" },
		{ kind: "list", items },
	];
}
