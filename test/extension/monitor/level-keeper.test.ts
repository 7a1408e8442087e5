import { describe, expect, it } from "vitest";
import { LevelKeeper } from "../../../src/extension/monitor/level-keeper.js";
import { LEVELS, type Level, type LevelState } from "../../../src/protocol/index.js";
import { sampleOf } from "../../monitor/samples.js";
import { controllerOnPort, live } from "./port.js";

const states = (...on: readonly Level[]): readonly LevelState[] =>
	LEVELS.map((level) => ({ level, status: on.includes(level) ? "on" : "off", price: "Next to nothing.", until: null }));

function setUp(hasUrl = true) {
	const { controller, events, asked, attach } = controllerOnPort();
	const logged: string[] = [];
	const keeper = new LevelKeeper(controller, {
		giveDatabaseUrl: async (session) => {
			if (hasUrl) session.setDatabaseUrl("postgresql://given");
			return hasUrl;
		},
		log: (text) => logged.push(text),
		changed: () => {},
	});
	attach();
	const turned = () => asked.filter((what) => what !== "attach" && !what.startsWith("note "));
	const begin = (pid: number, ...on: readonly Level[]) => {
		events.levels(states());
		events.state(live(pid));
		if (on.length > 0) events.levels(states(...on));
	};
	const restart = (pid: number, next: number) => {
		events.levels([]);
		events.state({ kind: "gone", target: live(pid).target, at: 1, reason: "The process was restarted.", successorPid: next });
		events.state({ kind: "connecting", step: "Looking" });
		begin(next);
	};
	const tell = async (pid: number, connections: number, t = Date.now()) => {
		events.sample(sampleOf({ t, pid, connections }));
		await Promise.resolve();
		await Promise.resolve();
	};
	return { controller, events, keeper, logged, turned, begin, restart, tell };
}

describe("levels that were turned on", () => {
	it("come back in the process that takes the target's place, those that search its heap once it has connected, and the log says so", async () => {
		const { begin, restart, tell, turned, controller, logged } = setUp();
		begin(1, "inventory", "trace", "sites");
		restart(1, 2);
		await tell(2, 0);
		expect(turned()).toEqual(["trace true"]);
		await tell(2, 3);
		await tell(2, 3);
		expect(turned()).toEqual(["trace true", "inventory true", "sites true"]);
		expect(logged).toEqual([
			"Measured again, as before: Queries and transactions.",
			"Measured again, as before: Clients and pools, Creation sites.",
		]);
		expect(controller.marks.filter(({ kind }) => kind === "note").map(({ text }) => text)).toEqual(logged);
	});

	it("come back after ten seconds in one that connects to no database", async () => {
		const { begin, restart, tell, turned } = setUp();
		begin(1, "inventory");
		restart(1, 2);
		await tell(2, 0);
		expect(turned()).toEqual([]);
		await tell(2, 0, Date.now() + 10_500);
		expect(turned()).toEqual(["inventory true"]);
	});

	it("come back at once after a reload of the window, with the database's URL as it is stored", async () => {
		const { keeper, begin, tell, turned } = setUp();
		keeper.expect(7, ["inventory", "database"]);
		begin(7);
		await tell(7, 0);
		expect(turned()).toEqual(["url postgresql://given", "inventory true", "database true"]);
	});

	it("come back without the database's view where no URL is stored: nobody is asked", async () => {
		const { keeper, begin, tell, turned } = setUp(false);
		keeper.expect(7, ["trace", "database"]);
		begin(7);
		await tell(7, 1);
		expect(turned()).toEqual(["trace true"]);
	});

	it("stay off where they were turned off again, failed, or came to their end", async () => {
		const { events, keeper, begin, restart, tell, turned } = setUp();
		begin(1, "inventory", "trace", "sites");
		events.levels(states("inventory", "sites"));
		expect(keeper.levels).toEqual(["inventory", "sites"]);
		events.levels(states("inventory"));
		events.levels(states().map((state) => (state.level === "inventory" ? { ...state, status: "failed" } : state)));
		restart(1, 2);
		await tell(2, 5);
		expect(turned()).toEqual([]);
	});

	it("do not follow a person to another process, nor come back after detaching", async () => {
		const { events, keeper, begin, tell, turned } = setUp();
		begin(1, "trace");
		events.levels([]);
		events.state({ kind: "gone", target: live(1).target, at: 1, reason: "The process ended." });
		expect(keeper.levels).toEqual(["trace"]);
		begin(2);
		await tell(2, 5);
		expect(keeper.levels).toEqual([]);
		events.levels(states("trace"));
		events.levels([]);
		events.state({ kind: "detached", target: live(2).target, at: 1 });
		begin(2);
		await tell(2, 5);
		expect(turned()).toEqual([]);
	});

	it("are left alone while the process only did not answer", async () => {
		const { events, begin, tell, turned } = setUp();
		begin(1, "trace");
		events.state({ kind: "silent", target: live(1).target, since: 1, reason: "It is stopped." });
		events.state(live(1));
		await tell(1, 5);
		expect(turned()).toEqual([]);
	});
});
