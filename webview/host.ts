import { type FromDashboard, type Guard, isAmount, isShape, isToDashboard, type ToDashboard } from "../src/protocol/index.js";
import { type Span, WINDOWS } from "./span.js";
import { type Choices, DEFAULT_CHOICES } from "./store.js";

interface VsCodeApi {
	postMessage(message: FromDashboard): void;
	getState(): unknown;
	setState(state: Choices): void;
}

const hasEnds: Guard<Span> = isShape<Span>({ from: isAmount, to: isAmount });
const isSpan: Guard<Span> = (value): value is Span => hasEnds(value) && value.from < value.to;

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension on the other side of the frame. */
export class Host {
	readonly #api = acquireVsCodeApi();

	post(message: FromDashboard): void {
		this.#api.postMessage(message);
	}

	onMessage(listener: (message: ToDashboard) => void): void {
		window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
			if (isToDashboard(data)) listener(data);
			else console.warn("Prisma Leak Lens: a message to the dashboard was not understood and left out.");
		});
	}

	save(choices: Choices): void {
		this.#api.setState(choices);
	}

	savedChoices(): Choices {
		const saved = this.#api.getState();
		if (typeof saved !== "object" || saved === null) return DEFAULT_CHOICES;
		const minutes = "minutes" in saved ? WINDOWS.find((one) => one === saved.minutes) : undefined;
		const switched = "switched" in saved && Array.isArray(saved.switched) ? saved.switched.filter((id) => typeof id === "string") : [];
		const standing = "standing" in saved && isSpan(saved.standing) ? saved.standing : null;
		return { minutes: minutes ?? DEFAULT_CHOICES.minutes, switched, standing };
	}
}
