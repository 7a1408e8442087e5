import autocannon from "autocannon";
import type { LoadPlan, LoadResult } from "../../protocol/index.js";
import { loadAddressProblem } from "./address.js";

/** Sends what the plan says and measures it. @throws Error in words for people for an address that is not of this machine */
export async function runLoad({ url, seconds, connections, requestsPerSecond }: LoadPlan): Promise<LoadResult> {
	// Asked anew here: what was allowed when a person typed it must still hold when it is sent.
	const problem = await loadAddressProblem(url);
	if (problem !== null) throw new Error(problem);
	const result = await autocannon({
		url,
		duration: seconds,
		connections,
		overallRate: requestsPerSecond,
		// The rate alone is overshot where answers come late and all at once.
		maxOverallRequests: seconds * requestsPerSecond,
	});
	const answered = result["2xx"] + result.non2xx;
	const { p50, p99, max } = result.latency;
	return {
		seconds: result.duration,
		answered,
		refused: result.non2xx,
		// Timeouts are counted among the errors.
		failed: result.errors,
		latency: answered === 0 ? null : { p50, p99, max },
	};
}
