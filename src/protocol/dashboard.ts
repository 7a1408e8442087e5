/** Messages between the extension and the dashboard webview. */
import { type Guard, isAmount, isBoolean, isLiteral, isOneOf, isShape } from "./guard.js";
import { type HistorySnapshot, isHistorySnapshot } from "./history.js";
import type { SessionState } from "./monitor.js";
import { isSample, type Sample } from "./sample.js";
import { isSessionState } from "./session-guard.js";

export interface DashboardThresholds {
	/** Bytes of `external` above which the dashboard says "over". */
	readonly external: number;
	/** Bytes of growth outside the heap above the baseline. */
	readonly outsideHeapGrowth: number;
	readonly connections: number;
}

export type ToDashboard =
	| {
			/** Everything a panel needs to stand where the session stands; replaces what it had. */
			readonly type: "restore";
			readonly state: SessionState;
			readonly history: HistorySnapshot;
			readonly thresholds: DashboardThresholds;
	  }
	| { readonly type: "state"; readonly state: SessionState }
	/** `afterGap`: samples are missing before this one, so no line may join it to the last. */
	| { readonly type: "sample"; readonly sample: Sample; readonly afterGap: boolean }
	| { readonly type: "baseline"; readonly sample: Sample };

/** `ready`: the page stands and wants a restore. `detach` also stops an attach under way. `baseline`: count changes from the latest sample on. */
export interface FromDashboard {
	readonly type: "ready" | "attach" | "detach" | "clear" | "baseline";
}

const isThresholds: Guard<DashboardThresholds> = isShape<DashboardThresholds>({
	external: isAmount,
	outsideHeapGrowth: isAmount,
	connections: isAmount,
});

type To<K extends ToDashboard["type"]> = Extract<ToDashboard, { type: K }>;

export const isToDashboard: Guard<ToDashboard> = isOneOf(
	isShape<To<"restore">>({
		type: isLiteral("restore"),
		state: isSessionState,
		history: isHistorySnapshot,
		thresholds: isThresholds,
	}),
	isShape<To<"state">>({ type: isLiteral("state"), state: isSessionState }),
	isShape<To<"sample">>({ type: isLiteral("sample"), sample: isSample, afterGap: isBoolean }),
	isShape<To<"baseline">>({ type: isLiteral("baseline"), sample: isSample }),
);

export const isFromDashboard: Guard<FromDashboard> = isShape<FromDashboard>({
	type: isOneOf(isLiteral("ready"), isLiteral("attach"), isLiteral("detach"), isLiteral("clear"), isLiteral("baseline")),
});
