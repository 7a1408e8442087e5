import { describe, expect, it } from "vitest";
import type { Leak } from "../../../src/extension/views/leak.js";
import { type Grouping, type GroupNode, leakTree, type TreeNode } from "../../../src/extension/views/leak-tree.js";
import { savingText } from "../../../src/protocol/index.js";
import { FOLDER, leak, manyLeaks } from "./leaks.js";

const ONE = [{ uri: FOLDER, name: "hotel" }];

function tree(leaks: readonly Leak[], grouping: Grouping, folders = ONE): readonly TreeNode[] {
	return leakTree(leaks, { grouping, folders });
}

const labels = (nodes: readonly TreeNode[]): readonly (string | number)[] =>
	nodes.map((node) => (node.kind === "leak" ? (node.namedBy === "line" ? node.leak.line : node.leak.rule) : node.label));

function groupNamed(nodes: readonly TreeNode[], label: string): GroupNode {
	const found = nodes.find((node) => node.kind !== "leak" && node.label === label);
	if (found === undefined || found.kind === "leak") throw new Error(`No group ${label} among ${labels(nodes).join(", ")}.`);
	return found;
}

/** Every leaf below the nodes. */
function leaves(nodes: readonly TreeNode[]): readonly Leak[] {
	return nodes.flatMap((node) => (node.kind === "leak" ? [node.leak] : leaves(node.children())));
}

/** Every id, opened to the last node. */
function ids(nodes: readonly TreeNode[]): readonly string[] {
	return nodes.flatMap((node) => [node.id, ...(node.kind === "leak" ? [] : ids(node.children()))]);
}

const SLOW = leak({ rule: "slow-work", title: "Slow work", severity: "warning", saving: null, line: 9 });

describe("the tree of leaks", () => {
	it("by rule goes from rule to file to line", () => {
		const nodes = tree([leak({ line: 4 }), leak({ file: "src/guests.ts" }), SLOW], "rule");
		expect(labels(nodes)).toEqual(["multiple-clients", "slow-work"]);
		const files = groupNamed(nodes, "multiple-clients").children();
		expect(files.map((node) => node.kind !== "leak" && [node.label, node.path, node.leaks.length])).toEqual([
			["guests.ts", "src", 1],
			["rooms.ts", "src", 1],
		]);
		expect(labels(groupNamed(files, "rooms.ts").children())).toEqual([4]);
	});

	it("by file goes from file to finding, named by its rule", () => {
		const nodes = tree([leak({ line: 4 }), SLOW], "file");
		expect(labels(nodes)).toEqual(["rooms.ts"]);
		expect(labels(groupNamed(nodes, "rooms.ts").children())).toEqual(["multiple-clients", "slow-work"]);
	});

	it("by package puts the rules below the package", () => {
		const nodes = tree([leak(), leak({ package: "packages/api", file: "packages/api/src/db.ts" })], "package");
		expect(labels(nodes)).toEqual([".", "packages/api"]);
		expect(labels(groupNamed(nodes, "packages/api").children())).toEqual(["multiple-clients"]);
	});

	it("has the workspace folders on top when there are several", () => {
		const shop = "file:///work/shop";
		const folders = [...ONE, { uri: shop, name: "shop" }];
		const nodes = tree([leak(), leak({ folder: shop }), leak({ folder: shop, line: 2 })], "file", folders);
		expect(labels(nodes)).toEqual(["shop", "hotel"]);
		expect(leaves(groupNamed(nodes, "shop").children())).toHaveLength(2);
	});

	it("counts, sums and takes the gravest of what is below", () => {
		const [node] = tree([leak({ severity: "info" }), leak({ severity: "warning", line: 2 })], "rule");
		expect(node).toMatchObject({ severity: "warning", saving: { low: 6, high: 8, sources: ["measured on Prisma 7"] } });
		expect(node?.kind !== "leak" && node && savingText(node.saving)).toBe("≈ 6–8 MB");
	});

	it("puts the largest saving first, then the gravest, then the first line", () => {
		const large = leak({ line: 7, severity: "hint", saving: { megabytes: [15, 25], connections: null, source: "analysis" } });
		const grave = leak({ line: 8, severity: "error", saving: null });
		const early = leak({ line: 2, severity: "info", saving: null });
		const late = leak({ line: 3, severity: "info", saving: null });
		const [file] = tree([late, early, grave, large], "file");
		expect(file?.kind !== "leak" ? file?.children().map((node) => node.kind === "leak" && node.leak.line) : null).toEqual([7, 8, 2, 3]);
	});

	it("gives every node an id of its own, the same after a change elsewhere", () => {
		const twice = [leak(), leak(), SLOW];
		const before = ids(tree(twice, "rule"));
		expect(new Set(before).size).toBe(before.length);
		const after = ids(tree([leak({ file: "src/new.ts" }), ...twice], "rule"));
		expect(before.filter((id) => !after.includes(id))).toEqual([]);
	});

	it("shows a very long list in parts, and loses none", () => {
		const leaks = Array.from({ length: 1_234 }, (_, index) => leak({ line: index + 1 }));
		const [file] = tree(leaks, "file");
		const first = file?.kind === "leak" ? [] : (file?.children() ?? []);
		expect(first).toHaveLength(501);
		expect(first.at(-1)).toMatchObject({ kind: "more", label: "734" });
		expect(leaves(first)).toHaveLength(1_234);
		expect(new Set(ids(first)).size).toBe(ids(first).length);
	});
});

describe("10,000 findings", () => {
	const many = manyLeaks(10_000);

	it.each(["rule", "file", "package"] as const)("grouped by %s are all there", (grouping) => {
		const nodes = tree(many, grouping);
		expect(leaves(nodes)).toHaveLength(10_000);
		const all = ids(nodes);
		expect(new Set(all).size).toBe(all.length);
	});

	it.each(["rule", "file", "package"] as const)("grouped by %s are drawn at the top without being opened", (grouping) => {
		let opened = 0;
		const watched = many.map((one) => ({
			...one,
			get line() {
				opened++;
				return one.line;
			},
		}));
		expect(tree(watched, grouping).length).toBeGreaterThan(0);
		expect(opened).toBe(0);
	});
});
