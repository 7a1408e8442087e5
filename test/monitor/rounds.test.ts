import { expect, it } from "vitest";
import { Rounds } from "../../src/monitor/index.js";
import { sampleOf } from "./samples.js";

/** Which of these samples, `session@t`, end a round. */
function endsOf(rounds: Rounds<string>, ...told: readonly string[]): readonly string[] {
	return told.filter((one) => {
		const [session = "", t] = one.split("@");
		return rounds.take(session, sampleOf({ t: Number(t) }));
	});
}

it("a round is over when each session has told once", () => {
	const rounds = new Rounds<string>();
	expect(endsOf(rounds, "a@1")).toEqual(["a@1"]);
	expect(endsOf(rounds, "b@2", "a@3", "a@4", "b@4")).toEqual(["a@3", "b@4"]);
	expect(rounds.latest.map(({ t }) => t)).toEqual([4, 4]);
});

it("one that is silent holds nobody up, and counts with its last sample until it is forgotten", () => {
	const rounds = new Rounds<string>();
	endsOf(rounds, "a@1", "b@1", "c@1");
	endsOf(rounds, "a@2", "b@2", "c@2");
	expect(endsOf(rounds, "a@3", "b@3", "a@4", "b@4", "a@5", "b@5")).toEqual(["a@3", "b@4", "b@5"]);
	expect(rounds.latest.map(({ t }) => t)).toEqual([5, 5, 2]);
	rounds.forget("c");
	expect(endsOf(rounds, "a@6", "b@6", "a@7", "b@7")).toEqual(["a@6", "a@7"]);
	expect(rounds.latest).toHaveLength(2);
});
