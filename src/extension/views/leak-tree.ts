import { bySaving, type Saving, type Severity, sumOfSavings } from "../../protocol/index.js";
import { gravity, type Leak, worst } from "./leak.js";

/** How the tree is laid out below the workspace folders. */
export type Grouping = "rule" | "file" | "package";

/** Leaks under one heading. Its children are made when somebody opens it. */
export interface GroupNode {
	readonly kind: "folder" | "package" | "rule" | "file" | "more";
	/** Unique in the tree, and the same as long as the heading is: what is open stays open. */
	readonly id: string;
	/** Name of the folder, directory of the package, id of the rule, name of the file, or the number of nodes that are more. */
	readonly label: string;
	/** Path of the folder a file lies in; empty for other headings. */
	readonly path: string;
	readonly leaks: readonly Leak[];
	readonly severity: Severity;
	readonly saving: Saving;
	children(): readonly TreeNode[];
}

export interface LeakNode {
	readonly kind: "leak";
	readonly id: string;
	/** What tells it from its neighbours. */
	readonly namedBy: "line" | "rule";
	readonly leak: Leak;
}

export type TreeNode = GroupNode | LeakNode;

export interface TreeLayout {
	readonly grouping: Grouping;
	/** The workspace folders by URI, with the names people know. More than one becomes the top level. */
	readonly folders: readonly { readonly uri: string; readonly name: string }[];
}

/** A longer list is shown in parts: an editor draws each row it is given. */
const PAGE = 500;

/** The top of the tree, the largest saving first. */
export function leakTree(leaks: readonly Leak[], { grouping, folders }: TreeLayout): readonly TreeNode[] {
	if (folders.length < 2) return groupsBy(grouping, leaks, "");
	const names = new Map(folders.map(({ uri, name }) => [uri, name]));
	return grouped(leaks, ({ folder }) => folder, {
		kind: "folder",
		parent: "",
		label: (folder) => names.get(folder) ?? folder,
		children: (own, id) => groupsBy(grouping, own, id),
	});
}

function groupsBy(grouping: Grouping, leaks: readonly Leak[], parent: string): readonly TreeNode[] {
	switch (grouping) {
		case "rule":
			return grouped(leaks, ({ rule }) => rule, {
				kind: "rule",
				parent,
				label: (rule) => rule,
				children: (own, id) => filesOf(own, id, "line"),
			});
		case "file":
			return filesOf(leaks, parent, "rule");
		case "package":
			return grouped(leaks, (leak) => leak.package, {
				kind: "package",
				parent,
				label: (dir) => dir,
				children: (own, id) => groupsBy("rule", own, id),
			});
	}
}

/** Files of one workspace folder: several of those are the tree's top level. */
function filesOf(leaks: readonly Leak[], parent: string, namedBy: LeakNode["namedBy"]): readonly TreeNode[] {
	return grouped(leaks, ({ file }) => file, {
		kind: "file",
		parent,
		label: (file) => file.slice(file.lastIndexOf("/") + 1),
		path: (file) => file.slice(0, Math.max(0, file.lastIndexOf("/"))),
		children: (own, id) => paged(leavesOf(own, id, namedBy), id),
	});
}

interface Heading {
	readonly kind: GroupNode["kind"];
	readonly parent: string;
	label(key: string): string;
	path?(key: string): string;
	children(leaks: readonly Leak[], id: string): readonly TreeNode[];
}

function grouped(leaks: readonly Leak[], keyOf: (leak: Leak) => string, heading: Heading): readonly TreeNode[] {
	const groups = new Map<string, Leak[]>();
	for (const leak of leaks) {
		const key = keyOf(leak);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [leak]);
		else group.push(leak);
	}
	const nodes = [...groups].map(([key, own]) => {
		const path = heading.path?.(key) ?? "";
		return group(heading.kind, `${heading.parent}/${heading.kind}:${key}`, heading.label(key), path, own, heading.children);
	});
	return paged(nodes.sort(byWeight), `${heading.parent}/${heading.kind}`);
}

function group(
	kind: GroupNode["kind"],
	id: string,
	label: string,
	path: string,
	leaks: readonly Leak[],
	children: Heading["children"],
): GroupNode {
	return {
		kind,
		id,
		label,
		path,
		leaks,
		severity: worst(leaks),
		saving: sumOfSavings(leaks.map(({ saving }) => saving)),
		children: () => children(leaks, id),
	};
}

/** The largest saving first, then the gravest, then the most, then by name. */
function byWeight(a: GroupNode, b: GroupNode): number {
	return (
		bySaving(a.saving, b.saving) ||
		gravity(a.severity) - gravity(b.severity) ||
		b.leaks.length - a.leaks.length ||
		compare(`${a.label}${a.path}`, `${b.label}${b.path}`)
	);
}

function leavesOf(leaks: readonly Leak[], parent: string, namedBy: LeakNode["namedBy"]): readonly LeakNode[] {
	const seen = new Map<string, number>();
	return sorted(leaks).map((leak) => {
		const key = `${parent}/${leak.rule}:${leak.line}:${leak.column}`;
		const before = seen.get(key) ?? 0;
		seen.set(key, before + 1);
		return { kind: "leak", id: `${key}#${before}`, namedBy, leak };
	});
}

function sorted(leaks: readonly Leak[]): readonly Leak[] {
	return leaks
		.map((leak) => ({ leak, saving: sumOfSavings([leak.saving]) }))
		.sort(
			(a, b) =>
				bySaving(a.saving, b.saving) ||
				gravity(a.leak.severity) - gravity(b.leak.severity) ||
				a.leak.line - b.leak.line ||
				a.leak.column - b.leak.column,
		)
		.map(({ leak }) => leak);
}

/** As many nodes as a person scrolls through; the rest under a last one. */
function paged(nodes: readonly TreeNode[], parent: string): readonly TreeNode[] {
	if (nodes.length <= PAGE) return nodes;
	const rest = nodes.slice(PAGE);
	const leaks = rest.flatMap((node) => (node.kind === "leak" ? [node.leak] : node.leaks));
	const id = `${parent}/more`;
	return [...nodes.slice(0, PAGE), group("more", id, rest.length.toLocaleString("en"), "", leaks, () => paged(rest, id))];
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
