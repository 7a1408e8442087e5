import { DEFAULT_SETTINGS, PROFILES } from "../../../../src/config/index.js";
import { mutate } from "../../../support/mutate.js";
import type { Random } from "../../../support/random.js";
import type { EditedWorkspace } from "./edited-workspace.js";
import { PROJECT_FILES, SOURCE_PLACES, SOURCES, STATEMENTS } from "./texts.js";

type Edit = (workspace: EditedWorkspace, random: Random) => Promise<string>;

/** How often an edit of each kind is made, in relation to the others: people type more than they move folders. */
const EDITS: readonly (readonly [weight: number, edit: Edit])[] = [
	[8, typeTokens],
	[6, insertStatement],
	[3, deleteLines],
	[4, closeUnsaved],
	[4, saveTyped],
	[4, createSource],
	[3, deleteSource],
	[3, renameSource],
	[2, swapSources],
	[4, restore],
	[5, changeProjectFile],
	[2, typeProjectFile],
	[1, moveFolder],
	[1, configure],
];

/** Makes one edit and says in words what it was. */
export function randomEdit(workspace: EditedWorkspace, random: Random): Promise<string> {
	let left = random.next() * EDITS.reduce((sum, [weight]) => sum + weight, 0);
	for (const [weight, edit] of EDITS) {
		left -= weight;
		if (left < 0) return edit(workspace, random);
	}
	return typeTokens(workspace, random);
}

async function typeTokens(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = anySource(workspace, random);
	await workspace.type(file, mutate(workspace.textOf(file) ?? "", random));
	return `type a token in ${file}`;
}

async function insertStatement(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = anySource(workspace, random);
	const lines = (workspace.textOf(file) ?? "").split("\n");
	const statement = random.pick(STATEMENTS);
	lines.splice(random.below(lines.length + 1), 0, statement);
	await workspace.type(file, lines.join("\n"));
	return `insert ${JSON.stringify(statement)} in ${file}`;
}

async function deleteLines(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = anySource(workspace, random);
	const lines = (workspace.textOf(file) ?? "").split("\n");
	lines.splice(random.below(lines.length), 1 + random.below(4));
	await workspace.type(file, lines.join("\n"));
	return `delete lines in ${file}`;
}

async function closeUnsaved(workspace: EditedWorkspace, random: Random): Promise<string> {
	if (workspace.typed.size === 0) return typeTokens(workspace, random);
	const file = random.pick([...workspace.typed.keys()].sort());
	await workspace.type(file, undefined);
	return `close ${file} without saving`;
}

async function saveTyped(workspace: EditedWorkspace, random: Random): Promise<string> {
	if (workspace.typed.size === 0) return insertStatement(workspace, random);
	const file = random.pick([...workspace.typed.keys()].sort());
	await workspace.save({ [file]: workspace.textOf(file) ?? "" });
	if (random.chance(0.5)) await workspace.type(file, undefined);
	return `save ${file}`;
}

async function createSource(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = random.pick(SOURCE_PLACES);
	await workspace.save({ [file]: random.pick(SOURCES) });
	return `write ${file}`;
}

async function deleteSource(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = anySource(workspace, random);
	await workspace.save({ [file]: null });
	return `delete ${file}`;
}

async function renameSource(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = anySource(workspace, random);
	const target = random.chance(0.5) ? random.pick(SOURCE_PLACES) : file.replace(/(\w+)(\.\w+)$/, "$1-renamed$2");
	await workspace.save({ [file]: null, [target]: workspace.saved.get(file) ?? "" });
	return `rename ${file} to ${target}`;
}

async function swapSources(workspace: EditedWorkspace, random: Random): Promise<string> {
	const [one, other] = [anySource(workspace, random), anySource(workspace, random)];
	await workspace.save({ [one]: workspace.saved.get(other) ?? "", [other]: workspace.saved.get(one) ?? "" });
	return `swap ${one} and ${other}`;
}

async function restore(workspace: EditedWorkspace, random: Random): Promise<string> {
	const changed = [...workspace.original].filter(([file, text]) => workspace.textOf(file) !== text);
	if (changed.length === 0) return typeTokens(workspace, random);
	const [file, text] = random.pick(changed);
	await workspace.save({ [file]: text });
	await workspace.type(file, undefined);
	return `restore ${file}`;
}

async function changeProjectFile(workspace: EditedWorkspace, random: Random): Promise<string> {
	const file = random.pick(Object.keys(PROJECT_FILES));
	const text = random.pick(PROJECT_FILES[file]?.map((said) => ({ said })) ?? []).said;
	await workspace.save({ [file]: text });
	return `${text === null ? "delete" : "write"} ${file} (${text?.slice(0, 60)})`;
}

async function typeProjectFile(workspace: EditedWorkspace, random: Random): Promise<string> {
	const there = Object.entries(PROJECT_FILES).filter(([file]) => workspace.saved.has(file) && file !== ".gitignore");
	if (there.length === 0) return changeProjectFile(workspace, random);
	const [file, texts] = random.pick(there);
	const text = random.pick(texts.flatMap((said) => said ?? []));
	await workspace.type(file, text);
	return `type into ${file} (${text.slice(0, 60)})`;
}

async function moveFolder(workspace: EditedWorkspace, random: Random): Promise<string> {
	const folders = new Set([...workspace.saved.keys()].filter((file) => file.includes("/")).map((file) => file.replace(/\/[^/]*$/, "")));
	const from = random.pick([...folders].sort());
	const to = random.chance(0.2) ? null : `${from}-moved`;
	if (to !== null && [...folders].some((folder) => folder === to || folder.startsWith(`${to}/`))) return typeTokens(workspace, random);
	await workspace.moveFolder(from, to);
	return to === null ? `delete ${from}` : `move ${from} to ${to}`;
}

async function configure(workspace: EditedWorkspace, random: Random): Promise<string> {
	const profile = random.pick(Object.values(PROFILES));
	workspace.configure({
		...DEFAULT_SETTINGS,
		profile,
		database: { maxConnections: random.pick([20, 100]), replicas: 1 + random.below(4) },
	});
	return `use the profile ${profile.name}`;
}

/** Half of the time one that speaks of Prisma, since little hangs on the others. */
function anySource(workspace: EditedWorkspace, random: Random): string {
	const sources = [...workspace.saved].filter(([file]) => /\.[cm]?[jt]sx?$/.test(file));
	const prisma = sources.filter(([, text]) => /prisma/i.test(text));
	return random.pick((random.chance(0.5) && prisma.length > 0 ? prisma : sources).map(([file]) => file).sort());
}
