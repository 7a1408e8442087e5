/** Messages between the extension and the dashboard webview. */
import type { SessionState } from "./monitor.js";
import type { Sample } from "./sample.js";

export interface DashboardThresholds {
	/** Bytes of `external` above which the dashboard says "over". */
	readonly external: number;
	/** Bytes of growth outside the heap above the baseline. */
	readonly outsideHeapGrowth: number;
	readonly connections: number;
}

export type ToDashboard =
	| {
			readonly type: "restore";
			readonly state: SessionState;
			readonly samples: readonly Sample[];
			readonly thresholds: DashboardThresholds;
	  }
	| { readonly type: "state"; readonly state: SessionState }
	| { readonly type: "sample"; readonly sample: Sample };

export type FromDashboard =
	| { readonly type: "ready" }
	| { readonly type: "attach" }
	| { readonly type: "detach" }
	| { readonly type: "clear" };
