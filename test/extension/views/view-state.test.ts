import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cleanText, type Known, treeText, type ViewState, viewState } from "../../../src/extension/views/view-state.js";
import { isRecord, type OverviewFolder } from "../../../src/protocol/index.js";
import { leak } from "./leaks.js";

const FOLDER: OverviewFolder = { uri: "file:///a", name: "a", state: "ready", files: 200, packages: 2, prisma: ["7.10.0"], unread: [] };
const READY: Known = {
	summary: { state: "ready", files: 200, errors: 0, warnings: 0, infos: 0, hints: 0 },
	isOff: false,
	hasFolder: true,
	folders: [FOLDER],
	leaks: 0,
};
const inState = (state: "idle" | "scanning" | "failed"): Known => ({
	...READY,
	summary: { state, files: 0, errors: 0, warnings: 0, infos: 0, hints: 0 },
});

const CASES: readonly (readonly [ViewState, Known])[] = [
	["tree", { ...READY, leaks: 1 }],
	["tree", { ...inState("scanning"), leaks: 1 }],
	["clean", READY],
	["no-prisma", { ...READY, folders: [{ ...FOLDER, prisma: [] }] }],
	["loading", { ...READY, summary: null, folders: null }],
	["loading", inState("scanning")],
	["loading", { ...READY, folders: null }],
	["loading", { ...READY, folders: [{ ...FOLDER, state: "scanning" }] }],
	["not-read", inState("idle")],
	["failed", inState("failed")],
	["off", { ...READY, isOff: true, leaks: 3 }],
	["no-folder", { ...inState("idle"), hasFolder: false, folders: [] }],
];

describe("the state of the view", () => {
	it.each(CASES)("is %s", (state, known) => {
		expect(viewState(known)).toBe(state);
	});

	it("without a tree has words in the manifest, or a text of its own", () => {
		const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
		const contributes = isRecord(manifest) && isRecord(manifest.contributes) ? manifest.contributes : {};
		const welcomes = JSON.stringify(contributes.viewsWelcome);
		for (const [state] of CASES) if (state !== "tree" && state !== "clean") expect(welcomes).toContain(`leaksState == ${state}"`);
	});

	it("says what the tree comes to, and what a filter leaves of it", () => {
		const leaks = [leak(), leak({ line: 2 })];
		expect(treeText(leaks, 2, null)).toBe("Mending all would save ≈ 6–8 MB.");
		expect(treeText(leaks, 28, "“rooms”")).toBe("2 of 28 match “rooms”. Mending these would save ≈ 6–8 MB.");
		expect(treeText([], 28, "“rooms”")).toBe("Nothing matches “rooms”.");
		expect(treeText([leak({ saving: null })], 1, null)).toBe("");
	});

	it("says what was looked at", () => {
		expect(cleanText([{ ...FOLDER, files: 212, packages: 3 }])).toBe("No leaks in 212 files of 3 packages (Prisma 7.10).");
		expect(cleanText([FOLDER, { ...FOLDER, files: 1_000, prisma: ["6.19.3"] }])).toBe(
			"No leaks in 1,200 files of 4 packages (Prisma 6.19, 7.10).",
		);
	});
});
