import type { Sample } from "../../src/protocol/index.js";

/** What a chart tells its owner. */
export interface ChartEvents {
	/** The reader points at a sample, or at none. */
	point(sample: Sample | null): void;
	/** The reader moves the crosshair by so many samples, by keyboard. */
	step(samples: number): void;
	toggle(id: string): void;
	/** Shows less (`factor` below 1) or more; the time `at` stays in its place. */
	zoom(at: number, factor: number): void;
	/** Moves the view by a share of what it shows. */
	pan(share: number): void;
	/** The view follows again. */
	follow(): void;
}

/** The chart under the reader's hand. */
export interface Surface {
	readonly canvas: HTMLCanvasElement;
	/** Milliseconds since the epoch at a place in the canvas; null before anything is drawn. */
	timeAt(x: number): number | null;
	sampleAt(t: number): Sample | null;
	/** The middle of what is in view, or the crosshair. */
	focus(): number | null;
	/** Pixels that the time axis takes. */
	width(): number;
}

const KEY_STEPS: Readonly<Record<string, number>> = {
	ArrowLeft: -1,
	ArrowRight: 1,
	Home: Number.NEGATIVE_INFINITY,
	End: Number.POSITIVE_INFINITY,
};
const CLOSER = 0.8;
const KEY_FACTORS: Readonly<Record<string, number>> = { "+": CLOSER, "=": CLOSER, "-": 1 / CLOSER };
const KEY_PANS: Readonly<Record<string, number>> = { ArrowLeft: -0.1, ArrowRight: 0.1 };

/** Pointer: read; drag: move; Ctrl (or Cmd) and wheel, or a pinch: zoom; Shift and wheel: move; double click: follow again. The wheel alone scrolls the page. */
export function listenTo(surface: Surface, events: ChartEvents): void {
	listenToPointer(surface, events);
	listenToWheel(surface, events);
	listenToKeys(surface, events);
}

function listenToPointer({ canvas, timeAt, sampleAt, width }: Surface, events: ChartEvents): void {
	let grabbed: number | null = null;
	canvas.addEventListener("pointerdown", (event) => {
		if (event.button !== 0) return;
		grabbed = event.offsetX;
		canvas.setPointerCapture(event.pointerId);
	});
	canvas.addEventListener("pointermove", (event) => {
		if (grabbed !== null && event.offsetX !== grabbed) {
			events.pan((grabbed - event.offsetX) / width());
			grabbed = event.offsetX;
		}
		const t = timeAt(event.offsetX);
		if (t !== null) events.point(sampleAt(t));
	});
	const release = (): void => {
		grabbed = null;
	};
	canvas.addEventListener("pointerup", release);
	canvas.addEventListener("pointercancel", release);
	canvas.addEventListener("pointerleave", () => events.point(null));
	canvas.addEventListener("blur", () => events.point(null));
	canvas.addEventListener("dblclick", () => events.follow());
}

function listenToWheel({ canvas, timeAt, width }: Surface, events: ChartEvents): void {
	canvas.addEventListener(
		"wheel",
		(event) => {
			const sideways = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX;
			const at = timeAt(event.offsetX);
			if ((event.ctrlKey || event.metaKey) && at !== null) events.zoom(at, event.deltaY < 0 ? CLOSER : 1 / CLOSER);
			else if (sideways !== 0) events.pan(sideways / width());
			else return;
			event.preventDefault();
		},
		{ passive: false },
	);
}

function listenToKeys({ canvas, focus }: Surface, events: ChartEvents): void {
	canvas.addEventListener("keydown", (event) => {
		const factor = KEY_FACTORS[event.key];
		const share = event.shiftKey ? KEY_PANS[event.key] : undefined;
		const step = KEY_STEPS[event.key];
		const at = focus();
		if (factor !== undefined && at !== null) events.zoom(at, factor);
		else if (share !== undefined) events.pan(share);
		else if (step !== undefined) events.step(step);
		else if (event.key === "0") events.follow();
		else if (event.key === "Escape") events.point(null);
		else return;
		event.preventDefault();
	});
}
