import { unusedSuppression } from "../suppressions/index.js";
import { clientPerCall } from "./client-per-call.js";
import { disconnectPerRequest } from "./disconnect-per-request.js";
import { externalPoolNotDisposed } from "./external-pool-not-disposed.js";
import { hotReloadClient } from "./hot-reload-client.js";
import { ignoredPoolSetting } from "./ignored-pool-setting.js";
import { listenerPerCall } from "./listener-per-call.js";
import { metricsPreview } from "./metrics-preview.js";
import { missingDisconnect } from "./missing-disconnect.js";
import { missingShutdown } from "./missing-shutdown.js";
import { multipleClients } from "./multiple-clients.js";
import { outerClientInTransaction } from "./outer-client-in-transaction.js";
import { poolSize } from "./pool-size.js";
import { poolTimeouts } from "./pool-timeouts.js";
import { slowWorkInTransaction } from "./slow-work-in-transaction.js";
import { transactionTimeout } from "./transaction-timeout.js";
import type { Rule, RuleMeta } from "./types.js";
import { unboundedEventBuffer } from "./unbounded-event-buffer.js";
import { unclearedInterval } from "./uncleared-interval.js";

export const RULES: readonly Rule[] = [
	multipleClients,
	clientPerCall,
	poolSize,
	poolTimeouts,
	ignoredPoolSetting,
	hotReloadClient,
	externalPoolNotDisposed,
	listenerPerCall,
	unboundedEventBuffer,
	unclearedInterval,
	transactionTimeout,
	slowWorkInTransaction,
	outerClientInTransaction,
	disconnectPerRequest,
	metricsPreview,
	missingDisconnect,
	missingShutdown,
];

/** What every id stands for, that of the comments that silence nothing too. */
export const RULE_METAS: readonly RuleMeta[] = [...RULES.map(({ meta }) => meta), unusedSuppression];

/** Title of each rule by its id. */
export function ruleTitles(): Readonly<Record<string, string>> {
	return Object.fromEntries(RULE_METAS.map(({ id, title }) => [id, title]));
}

export type { FileModel, Model, Rule, RuleFinding, RuleMeta } from "./types.js";
