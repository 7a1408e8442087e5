import { describe, expect, it } from "vitest";
import { Cell, Derivations, Input, Table } from "../../../src/analysis/incremental/index.js";

/** Squares of numbers that are held in cells of their own, and a count of how often each was worked out. */
function squares() {
	const derivations = new Derivations();
	const numbers = new Map<string, { input: Input; value: number }>();
	const table = new Table<string, number>(derivations);
	const computed: string[] = [];
	const set = (name: string, value: number) => {
		const input = numbers.get(name)?.input ?? new Input();
		numbers.set(name, { input, value });
		derivations.changed(input);
	};
	const square = (name: string): number =>
		table.get(name, () => {
			computed.push(name);
			const number = numbers.get(name);
			if (number) derivations.read(number.input);
			return (number?.value ?? 0) ** 2;
		});
	return { derivations, table, computed, set, square };
}

describe("an answer", () => {
	it("is worked out once, and again when what it rests on changes", () => {
		const { computed, set, square } = squares();
		set("a", 2);
		expect([square("a"), square("a")]).toEqual([4, 4]);
		set("b", 5);
		expect(square("a")).toBe(4);
		set("a", 3);
		expect(square("a")).toBe(9);
		expect(computed).toEqual(["a", "a"]);
	});

	it("rests on all that the answers it used rest on, known ones too", () => {
		const { derivations, set, square } = squares();
		const sums = new Table<string, number>(derivations);
		const sum = () => sums.get("sum", () => square("a") + square("b"));
		set("a", 1);
		set("b", 2);
		expect(square("b")).toBe(4);
		expect(sum()).toBe(5);
		set("b", 3);
		expect(sum()).toBe(10);
	});

	it("does not depend on which of two that ask for each other is asked first", () => {
		const ask = (order: readonly string[]) => {
			const table = new Table<string, ReadonlySet<string>>(new Derivations());
			const reach = (name: string): ReadonlySet<string> =>
				table.get(name, () => new Set([name, ...reach(name === "left" ? "right" : "left")]), { value: new Set(), isRoot: false });
			for (const name of order) reach(name);
			return [reach("left"), reach("right")].map((set) => [...set].sort());
		};
		const both = ["left", "right"];
		expect(ask(["left"])).toEqual([both, both]);
		expect(ask(["right"])).toEqual([both, both]);
	});

	it("that a search's depth limit cut short holds only until that search is done", () => {
		const derivations = new Derivations();
		const table = new Table<number, number>(derivations);
		const steps = (from: number, depth: number): number => {
			if (depth > 3) {
				derivations.truncated();
				return 0;
			}
			return table.get(from, () => (from === 0 ? 0 : 1 + steps(from - 1, depth + 1)), { value: 0, isRoot: depth === 0 });
		};
		expect(steps(6, 0)).toBe(4);
		expect(steps(3, 0)).toBe(3);
	});

	it("survives that working out another one failed", () => {
		const { table, set, square } = squares();
		set("a", 2);
		expect(() =>
			table.get("broken", () => {
				throw new Error(`after ${square("a")}`);
			}),
		).toThrow("after 4");
		set("a", 3);
		expect(square("a")).toBe(9);
	});
});

it("a cell that comes out the same leaves what rests on it alone", () => {
	const derivations = new Derivations();
	const cell = new Cell<readonly string[]>(derivations, ["a"], (a, b) => a.join() === b.join());
	const table = new Table<string, number>(derivations);
	let computed = 0;
	const count = () =>
		table.get("count", () => {
			computed++;
			return cell.value.length;
		});
	expect(count()).toBe(1);
	cell.settle(["a"]);
	expect(count()).toBe(1);
	cell.settle(["a", "b"]);
	expect(count()).toBe(2);
	expect(computed).toBe(2);
});
