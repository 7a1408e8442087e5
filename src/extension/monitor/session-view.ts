import type {
	Alert,
	Judgement,
	LevelState,
	Mark,
	NativeMemoryOutcome,
	SampleHistory,
	SessionState,
	Thresholds,
	ToDashboard,
} from "../../protocol/index.js";
import type { LocatedSite } from "./located-sites.js";

export type SessionChange =
	| { readonly type: "state"; readonly state: SessionState }
	| Extract<ToDashboard, { type: "sample" | "judgement" | "marks" | "sites" | "nativeMemory" }>
	/** Everything may be different. */
	| { readonly type: "renewed" }
	/** Told once per alert, when it is raised. */
	| { readonly type: "alert"; readonly alert: Alert };

export type LevelsListener = (levels: readonly LevelState[]) => void;

/** What can be shown: one session, or the sum of all. */
export interface SessionView {
	readonly state: SessionState;
	readonly history: SampleHistory;
	/** In the order of time. */
	readonly marks: readonly Mark[];
	readonly thresholds: Thresholds;
	/** With the findings that explain the alerts. */
	readonly judgement: Judgement;
	/** Where every level of the attached process stands; empty when nothing is attached. */
	readonly levels: readonly LevelState[];
	/** Where the process makes clients, beside what the sources say of it. */
	readonly sites: readonly LocatedSite[];
	/** What came of reading native memory last; null before. */
	readonly nativeMemory: NativeMemoryOutcome | null;
	/** Calls `listener` on every change until the function returned is called. */
	onChange(listener: (change: SessionChange) => void): () => void;
	/** Calls `listener` whenever a level stands otherwise, until the function returned is called. */
	onLevels(listener: LevelsListener): () => void;
	detach(): void;
	/** Forgets what was recorded; the session goes on. */
	clear(): void;
	mark(mark: Mark): void;
	/** Reads what the native memory of the process is made of, and shows it. */
	readNativeMemory(): Promise<void>;
}
