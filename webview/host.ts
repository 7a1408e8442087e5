import { type FromDashboard, isToDashboard, type ToDashboard } from "../src/protocol/index.js";
import { type Choices, DEFAULT_CHOICES, WINDOWS } from "./store.js";

interface VsCodeApi {
	postMessage(message: FromDashboard): void;
	getState(): unknown;
	setState(state: Choices): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension on the other side of the frame. */
export class Host {
	readonly #api = acquireVsCodeApi();

	post(type: FromDashboard["type"]): void {
		this.#api.postMessage({ type });
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
		const pausedAt = "pausedAt" in saved && typeof saved.pausedAt === "number" ? saved.pausedAt : null;
		return { minutes: minutes ?? DEFAULT_CHOICES.minutes, switched, pausedAt };
	}
}
