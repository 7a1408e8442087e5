import { bytes, clock, type FromDashboard, NATIVE_WORDS, type NativeMemory, nativeTotal, percent } from "../../src/protocol/index.js";
import { element, setHidden, setText } from "../dom.js";
import type { View } from "../store.js";
import { button } from "../toolkit.js";
import { type FigureRow, FigureTable } from "./figure-table.js";

const WHAT = "What the memory is made of below JavaScript, as the kernel tells it (Linux). The process is not touched.";

/** What the native memory of the process was made of when it was read last, and the button that reads it. */
export class NativeMemoryPanel {
	readonly root = element("div", { class: "native", "data-testid": "native" });
	readonly #table = new FigureTable("Native memory", ["Part", "Resident", "Share", "Its own"]);
	readonly #text = element("p", { class: "quiet" });
	#drawn: View["nativeMemory"] = null;

	constructor(post: (message: FromDashboard) => void) {
		const read = button("Read native memory", "secondary", () => post({ type: "nativeMemory" }));
		this.root.append(this.#table.root, this.#text, read);
		this.#show(null);
	}

	/** A recording has no process that could be read. */
	render({ nativeMemory, state }: View): void {
		setHidden(this.root, state.kind === "replay");
		if (nativeMemory !== this.#drawn) this.#show(nativeMemory);
	}

	#show(outcome: View["nativeMemory"]): void {
		this.#drawn = outcome;
		const memory = outcome?.kind === "memory" ? outcome.memory : null;
		setHidden(this.#table.root, memory === null);
		if (memory !== null) this.#table.render(rowsOf(memory));
		setText(this.#text, memory !== null ? summaryOf(memory) : outcome?.kind === "failed" ? outcome.message : WHAT);
	}
}

function rowsOf(memory: NativeMemory): readonly FigureRow[] {
	const total = nativeTotal(memory);
	return memory.parts.map(({ kind, rss, own }) => ({
		id: kind,
		cells: [NATIVE_WORDS[kind], bytes(rss), percent(rss / total), bytes(own)],
	}));
}

function summaryOf(memory: NativeMemory): string {
	return `${bytes(nativeTotal(memory))} in all, measured by /proc/${memory.pid}/smaps at ${clock(memory.t)}.`;
}
