import type { Profile } from "../../config/index.js";

/** The longest that the project's analysis lets a transaction run. */
const TIMEOUT_MS = 20_000;

/** What a transaction may wait and run, in milliseconds. */
export function recommendedLimits(profile: Profile): { readonly maxWait: number; readonly timeout: number } {
	return { maxWait: profile.transactionMaxWaitMs, timeout: TIMEOUT_MS };
}
