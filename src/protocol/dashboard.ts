/** Messages between the extension and the dashboard webview. */
import { SITE_LIMIT } from "./clients-sample.js";
import { type BaselineRun, type Comparison, isBaselineRun, isComparison } from "./comparison.js";
import { type Guard, isAmount, isBoolean, isInteger, isListOf, isLiteral, isNullOr, isOneOf, isShape, isText } from "./guard.js";
import { type HistorySnapshot, isHistorySnapshot } from "./history.js";
import { type AlertSubject, isAlertSubject, isJudgement, type Judgement } from "./judgement.js";
import { isLevel, isLevelState, LEVELS, type Level, type LevelState } from "./levels.js";
import { isMark, MARK_LIMIT, type Mark, NOTE_LIMIT } from "./marks.js";
import { isMemoryCostOrNull, type MemoryCost } from "./memory-cost.js";
import { isNativeMemoryOutcome, type NativeMemoryOutcome } from "./native-memory.js";
import { isShownState, type ShownState } from "./replay.js";
import { isSample, type Sample } from "./sample.js";
import { isShownSites, type ShownSite } from "./shown-site.js";
import { isThresholds, type Thresholds } from "./thresholds.js";
import { isShownChoice, isWatched, type ShownChoice, type Watched } from "./watched.js";

export type ToDashboard =
	| {
			/** Everything a panel needs to stand where the session stands; replaces what it had. */
			readonly type: "restore";
			readonly state: ShownState;
			readonly history: HistorySnapshot;
			readonly thresholds: Thresholds;
			readonly judgement: Judgement;
			readonly levels: readonly LevelState[];
			/** In the order of time. */
			readonly marks: readonly Mark[];
			readonly sites: readonly ShownSite[];
			readonly baseline: BaselineRun | null;
			readonly comparison: Comparison | null;
	  }
	| { readonly type: "state"; readonly state: ShownState }
	/** `afterGap`: samples are missing before this one, so no line may join it to the last. */
	| { readonly type: "sample"; readonly sample: Sample; readonly afterGap: boolean }
	/** What is compared with from now on, null for nothing; and the sample that the figures' changes are counted from. */
	| { readonly type: "baseline"; readonly run: BaselineRun | null; readonly since: Sample | null }
	/** Null where there is no baseline. */
	| { readonly type: "comparison"; readonly comparison: Comparison | null }
	| { readonly type: "judgement"; readonly judgement: Judgement }
	/** Where every level stands; empty when nothing is attached. */
	| { readonly type: "levels"; readonly levels: readonly LevelState[] }
	/** Replaces the marks there were. */
	| { readonly type: "marks"; readonly marks: readonly Mark[] }
	/** Replaces the sites there were. */
	| { readonly type: "sites"; readonly sites: readonly ShownSite[] }
	/** What clients and connections of this workspace cost by the cost model; null where nothing is known. */
	| { readonly type: "cost"; readonly cost: MemoryCost | null }
	/** What came of reading native memory. */
	| { readonly type: "nativeMemory"; readonly outcome: NativeMemoryOutcome }
	/** Which processes there are to be shown, and which one is. */
	| { readonly type: "watched"; readonly watched: Watched };

/** `ready`: the page stands and wants a restore. `detach` also stops an attach under way. `nativeMemory`: read it. `report`: create the leak report. */
interface PlainRequest {
	readonly type: (typeof PLAIN_REQUESTS)[number];
}

const PLAIN_REQUESTS = [
	"ready",
	"attach",
	"detach",
	"clear",
	"nativeMemory",
	"report",
	"clearBaseline",
	"openRecording",
	"leaveReplay",
] as const;

export type FromDashboard =
	| PlainRequest
	/** Shows another session, or the sum of all. */
	| { readonly type: "show"; readonly choice: ShownChoice }
	/** Turns a level on or off. */
	| { readonly type: "level"; readonly level: Level; readonly on: boolean }
	/** Asks what to compare with. `t`: the end of what is in view, in milliseconds since the epoch. */
	| { readonly type: "setBaseline"; readonly t: number }
	/** Marks a moment with the reader's own words. */
	| { readonly type: "note"; readonly t: number; readonly text: string }
	/** Opens the source of a site, by its place among those that were told last. */
	| { readonly type: "openSite"; readonly index: number }
	/** Opens the finding that explains the alert on this subject. */
	| { readonly type: "openExplanation"; readonly subject: AlertSubject }
	/** Saves the samples of a time as a file. Milliseconds since the epoch. */
	| { readonly type: "export"; readonly from: number; readonly to: number }
	/** Saves a chart as a picture: a PNG in base64. */
	| { readonly type: "picture"; readonly name: string; readonly png: string };

/** Longest picture that is taken, in characters of base64. */
const PICTURE_LIMIT = 20_000_000;
/** The eight bytes every PNG begins with, in base64. */
const PNG_BEGINNING = "iVBORw0KGgo";

type To<K extends ToDashboard["type"]> = Extract<ToDashboard, { type: K }>;
type From<K extends FromDashboard["type"]> = Extract<FromDashboard, { type: K }>;

const isPng: Guard<string> = (value): value is string =>
	isText(PICTURE_LIMIT)(value) && value.startsWith(PNG_BEGINNING) && /^[A-Za-z0-9+/]+=*$/.test(value);
const isLevels = isListOf(isLevelState, LEVELS.length);
const isMarks = isListOf(isMark, MARK_LIMIT);

export const isToDashboard: Guard<ToDashboard> = isOneOf(
	isShape<To<"restore">>({
		type: isLiteral("restore"),
		state: isShownState,
		history: isHistorySnapshot,
		thresholds: isThresholds,
		judgement: isJudgement,
		levels: isLevels,
		marks: isMarks,
		sites: isShownSites,
		baseline: isNullOr(isBaselineRun),
		comparison: isNullOr(isComparison),
	}),
	isShape<To<"state">>({ type: isLiteral("state"), state: isShownState }),
	isShape<To<"sample">>({ type: isLiteral("sample"), sample: isSample, afterGap: isBoolean }),
	isShape<To<"baseline">>({ type: isLiteral("baseline"), run: isNullOr(isBaselineRun), since: isNullOr(isSample) }),
	isShape<To<"comparison">>({ type: isLiteral("comparison"), comparison: isNullOr(isComparison) }),
	isShape<To<"judgement">>({ type: isLiteral("judgement"), judgement: isJudgement }),
	isShape<To<"levels">>({ type: isLiteral("levels"), levels: isLevels }),
	isShape<To<"marks">>({ type: isLiteral("marks"), marks: isMarks }),
	isShape<To<"sites">>({ type: isLiteral("sites"), sites: isShownSites }),
	isShape<To<"cost">>({ type: isLiteral("cost"), cost: isMemoryCostOrNull }),
	isShape<To<"nativeMemory">>({ type: isLiteral("nativeMemory"), outcome: isNativeMemoryOutcome }),
	isShape<To<"watched">>({ type: isLiteral("watched"), watched: isWatched }),
);

export const isFromDashboard: Guard<FromDashboard> = isOneOf(
	isShape<PlainRequest>({ type: (value): value is PlainRequest["type"] => PLAIN_REQUESTS.some((type) => type === value) }),
	isShape<From<"setBaseline">>({ type: isLiteral("setBaseline"), t: isAmount }),
	isShape<From<"show">>({ type: isLiteral("show"), choice: isShownChoice }),
	isShape<From<"level">>({ type: isLiteral("level"), level: isLevel, on: isBoolean }),
	isShape<From<"note">>({ type: isLiteral("note"), t: isAmount, text: isText(NOTE_LIMIT) }),
	isShape<From<"openSite">>({ type: isLiteral("openSite"), index: isInteger(0, SITE_LIMIT) }),
	isShape<From<"openExplanation">>({ type: isLiteral("openExplanation"), subject: isAlertSubject }),
	isShape<From<"export">>({ type: isLiteral("export"), from: isAmount, to: isAmount }),
	isShape<From<"picture">>({ type: isLiteral("picture"), name: isText(100), png: isPng }),
);
