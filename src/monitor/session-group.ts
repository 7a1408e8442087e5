import { Turns } from "./turns.js";
import { WatchedTargets } from "./watched-targets.js";

/** What the sessions of one monitor have in common. */
export class SessionGroup {
	/** Inspectors are opened one after the other: each opens on the same port before it moves away. */
	readonly openings = new Turns();
	/** Nothing is watched twice. */
	readonly watched = new WatchedTargets();
}
