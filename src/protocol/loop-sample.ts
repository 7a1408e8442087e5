/** How the target's event loop does. */
import { type Guard, isAmount, isNullOr, isShape, isText } from "./guard.js";
import { type DurationsSample, isDurations } from "./queries-sample.js";

export interface EventLoopSample {
	/** How late a timer was that the sample before had set, in milliseconds; null before there was one. Long blocks are always seen, short ones by chance. */
	readonly delay: DurationsSample | null;
	/** Share of the time since the sample before that it was busy, 0 to 1; null in the first sample. */
	readonly utilization: number | null;
}

export interface ResourceCount {
	/** As `process.getActiveResourcesInfo()` names it, such as `Timeout` or `TCPSocketWrap`. */
	readonly kind: string;
	readonly count: number;
}

export const isEventLoopSample: Guard<EventLoopSample> = isShape<EventLoopSample>({
	delay: isNullOr(isDurations),
	utilization: isNullOr(isAmount),
});

export const isResourceCount: Guard<ResourceCount> = isShape<ResourceCount>({ kind: isText(100), count: isAmount });
