import { clientPerCall } from "./client-per-call.js";
import { disconnectPerRequest } from "./disconnect-per-request.js";
import { listenerPerCall } from "./listener-per-call.js";
import { metricsPreview } from "./metrics-preview.js";
import { missingDisconnect } from "./missing-disconnect.js";
import { missingShutdown } from "./missing-shutdown.js";
import { multipleClients } from "./multiple-clients.js";
import { outerClientInTransaction } from "./outer-client-in-transaction.js";
import { poolSize } from "./pool-size.js";
import { slowWorkInTransaction } from "./slow-work-in-transaction.js";
import { transactionTimeout } from "./transaction-timeout.js";
import type { Rule } from "./types.js";
import { unboundedEventBuffer } from "./unbounded-event-buffer.js";
import { unclearedInterval } from "./uncleared-interval.js";

export const RULES: readonly Rule[] = [
	multipleClients,
	clientPerCall,
	poolSize,
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
export type { Model, Rule, RuleFinding, RuleMeta } from "./types.js";
