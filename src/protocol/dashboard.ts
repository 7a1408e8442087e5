/** Messages between the extension and the dashboard webview. */
import { type Guard, isBoolean, isLiteral, isOneOf, isShape } from "./guard.js";
import { type HistorySnapshot, isHistorySnapshot } from "./history.js";
import { isJudgement, type Judgement } from "./judgement.js";
import type { SessionState } from "./monitor.js";
import { isSample, type Sample } from "./sample.js";
import { isSessionState } from "./session-guard.js";
import { isThresholds, type Thresholds } from "./thresholds.js";

export type ToDashboard =
	| {
			/** Everything a panel needs to stand where the session stands; replaces what it had. */
			readonly type: "restore";
			readonly state: SessionState;
			readonly history: HistorySnapshot;
			readonly thresholds: Thresholds;
			readonly judgement: Judgement;
	  }
	| { readonly type: "state"; readonly state: SessionState }
	/** `afterGap`: samples are missing before this one, so no line may join it to the last. */
	| { readonly type: "sample"; readonly sample: Sample; readonly afterGap: boolean }
	| { readonly type: "baseline"; readonly sample: Sample }
	| { readonly type: "judgement"; readonly judgement: Judgement };

/** `ready`: the page stands and wants a restore. `detach` also stops an attach under way. `baseline`: count changes from the latest sample on. `levels`: choose what else to measure. */
export interface FromDashboard {
	readonly type: "ready" | "attach" | "detach" | "clear" | "baseline" | "levels";
}

type To<K extends ToDashboard["type"]> = Extract<ToDashboard, { type: K }>;

export const isToDashboard: Guard<ToDashboard> = isOneOf(
	isShape<To<"restore">>({
		type: isLiteral("restore"),
		state: isSessionState,
		history: isHistorySnapshot,
		thresholds: isThresholds,
		judgement: isJudgement,
	}),
	isShape<To<"state">>({ type: isLiteral("state"), state: isSessionState }),
	isShape<To<"sample">>({ type: isLiteral("sample"), sample: isSample, afterGap: isBoolean }),
	isShape<To<"baseline">>({ type: isLiteral("baseline"), sample: isSample }),
	isShape<To<"judgement">>({ type: isLiteral("judgement"), judgement: isJudgement }),
);

export const isFromDashboard: Guard<FromDashboard> = isShape<FromDashboard>({
	type: isOneOf(
		isLiteral("ready"),
		isLiteral("attach"),
		isLiteral("detach"),
		isLiteral("clear"),
		isLiteral("baseline"),
		isLiteral("levels"),
	),
});
