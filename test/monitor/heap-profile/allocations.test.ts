import { describe, expect, it } from "vitest";
import { readAllocations } from "../../../src/monitor/heap-profile/allocations.js";
import { HEAP_NAME_LIMIT, SITE_FILE_LIMIT } from "../../../src/protocol/index.js";

interface Node {
	readonly callFrame: Readonly<Record<string, unknown>>;
	readonly selfSize: number;
	readonly children: readonly Node[];
}

/** A node as the inspector sends it: lines and columns from 0. */
function node(functionName: string, selfSize: number, children: readonly Node[] = [], url = "file:///app/server.js"): Node {
	return { callFrame: { functionName, scriptId: "1", url, lineNumber: 9, columnNumber: 4 }, selfSize, children };
}

const root = (...children: readonly Node[]) => ({ head: node("(root)", 0, children, "") });

describe("V8's sampling profile", () => {
	it("is read as the stacks that allocated something, the innermost frame first and places from 1", () => {
		const profile = root(node("handle", 0, [node("keep", 300), node("parse", 50, [node("keep", 20)])]));
		const position = { file: "file:///app/server.js", line: 10, column: 5 };
		const [handle, keep, parse] = ["handle", "keep", "parse"].map((name) => ({ name, position }));
		const outermost = { name: "(root)", position: null };
		const allocations = readAllocations(profile);
		expect(allocations).toHaveLength(3);
		expect(allocations).toEqual(
			expect.arrayContaining([
				{ bytes: 300, stack: [keep, handle, outermost] },
				{ bytes: 50, stack: [parse, handle, outermost] },
				{ bytes: 20, stack: [keep, parse, handle, outermost] },
			]),
		);
	});

	it("is empty where nothing was allocated", () => {
		expect(readAllocations(root(node("handle", 0)))).toEqual([]);
	});

	it("gives functions without a name none, and frames outside of scripts no place", () => {
		const [allocation] = readAllocations(root(node("", 10, [], "")));
		expect(allocation?.stack[0]).toEqual({ name: null, position: null });
	});

	it("has no control characters, which would reach a terminal, and no endless names or paths", () => {
		const [coloured] = readAllocations(root(node("\u001b[31mred", 1, [], "file:///\u0007app.js")));
		expect(coloured?.stack[0]).toMatchObject({ name: "\u{FFFD}[31mred", position: { file: "file:///\u{FFFD}app.js" } });
		const [long] = readAllocations(root(node("n".repeat(5_000), 1, [], "u".repeat(SITE_FILE_LIMIT + 1))));
		expect(long?.stack[0]).toEqual({ name: "n".repeat(HEAP_NAME_LIMIT), position: null });
	});

	it("is read from a stack as deep as a hostile answer may have it, cut at its innermost thousand frames", () => {
		let deep = node("innermost", 1);
		for (let depth = 0; depth < 20_000; depth++) deep = node("outer", 0, [deep]);
		const [allocation] = readAllocations(root(deep));
		expect(allocation?.stack).toHaveLength(1_000);
		expect(allocation?.stack[0]?.name).toBe("innermost");
	});

	it.each([
		["nothing", undefined],
		["no object", "profile"],
		["no head", {}],
		["a node without a frame", { head: { selfSize: 1, children: [] } }],
		["a size below 0", { head: { ...node("f", 0), selfSize: -1 } }],
		["children that are no list", { head: { ...node("f", 0), children: {} } }],
		["a child that is no node", { head: { ...node("f", 0), children: [null] } }],
	])("is refused when it is %s", (_, profile) => {
		expect(() => readAllocations(profile)).toThrow("no heap profile");
	});
});
