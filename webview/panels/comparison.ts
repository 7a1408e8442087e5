import {
	type BaselineRun,
	type ChangeWeight,
	type ComparedFigure,
	type Comparison,
	changeInUnit,
	clock,
	type FromDashboard,
	inUnit,
	rangeInUnit,
} from "../../src/protocol/index.js";
import { element, setText } from "../dom.js";
import type { View } from "../store.js";
import { button } from "../toolkit.js";
import { type FigureRow, FigureTable } from "./figure-table.js";

const COLUMNS: readonly { readonly name: string; text(figure: ComparedFigure): string }[] = [
	{ name: "Figure", text: ({ name }) => name },
	{ name: "Before", text: ({ before, unit }) => inUnit(before.value, unit) },
	{ name: "After", text: ({ after, unit }) => inUnit(after.value, unit) },
	{ name: "Difference", text: ({ before, after, unit }) => changeInUnit(after.value - before.value, unit) },
	{ name: "Against the spread", text: ({ weight }) => WEIGHTS[weight] },
	{ name: "Spread before", text: ({ before, unit }) => rangeInUnit(before, unit) },
	{ name: "Spread after", text: ({ after, unit }) => rangeInUnit(after, unit) },
];
const WEIGHTS: Readonly<Record<ChangeWeight, string>> = {
	beyond: "beyond",
	within: "within",
	few: "too few samples",
};
const HOW =
	"Medians of the last third of each run; the spread is from the lowest to the highest. A difference is beyond the spread when both have no value in common.";

/** The baseline's figures beside those of what is shown; not there without a baseline. */
export class ComparisonTable {
	readonly root = element("section", { class: "comparison", "aria-label": "Before and after", "data-testid": "comparison" });
	readonly #runs = element("p", { class: "quiet" });
	readonly #notes = element("p", { class: "quiet" });
	readonly #table = new FigureTable(
		"Figures before and after",
		COLUMNS.map(({ name }) => name),
	);
	#drawn: Pick<View, "run" | "comparison"> = { run: null, comparison: null };

	constructor(post: (message: FromDashboard) => void) {
		const clear = button("Clear baseline", "secondary", () => post({ type: "clearBaseline" }));
		const heading = element("div", { class: "comparison-head" }, element("h2", {}, "Before and after"), clear);
		this.root.append(heading, this.#runs, this.#table.root, this.#notes);
		this.root.hidden = true;
	}

	render({ run, comparison }: View): void {
		if (run === this.#drawn.run && comparison === this.#drawn.comparison) return;
		this.#drawn = { run, comparison };
		this.root.hidden = run === null;
		if (run === null) return;
		const figures = comparison?.figures ?? [];
		setText(this.#runs, runsText(run, comparison));
		setText(this.#notes, notesOf(run, comparison).join(" "));
		this.#table.root.hidden = figures.length === 0;
		this.#table.render(figures.map(rowOf));
	}
}

function rowOf(figure: ComparedFigure): FigureRow {
	return { id: figure.name, cells: COLUMNS.map(({ text }) => text(figure)), strong: figure.weight === "beyond" };
}

function runsText({ name, pid, from, to }: BaselineRun, comparison: Comparison | null): string {
	const before = `Before: ${name}${pid === 0 ? "" : `, pid ${pid}`}, ${new Date(from).toLocaleDateString()} ${clock(from)} to ${clock(to)}.`;
	const after = comparison?.after ?? null;
	return after === null
		? before
		: `${before} After: ${after.pid === 0 ? "all processes" : `pid ${after.pid}`}, ${clock(after.from)} to ${clock(after.to)}.`;
}

function notesOf({ damage }: BaselineRun, comparison: Comparison | null): readonly string[] {
	const { figures, oneSided, after } = comparison ?? { figures: [], oneSided: [], after: null };
	return [
		...(after === null ? ["Nothing was measured after the baseline yet: the comparison begins with the next sample."] : []),
		...(figures.some(({ weight }) => weight === "few")
			? ["Too few samples to tell whether a difference is more than chance: each run takes about 30 of a figure."]
			: []),
		...(figures.length > 0 ? [HOW] : []),
		...(oneSided.length > 0 ? [`Measured in one of them only: ${oneSided.join("; ")}.`] : []),
		...(damage === null ? [] : [`The baseline is not whole. ${damage}`]),
	];
}
