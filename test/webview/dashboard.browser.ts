import { describe, expect, it } from "vitest";
import {
	type Alert,
	type ConnectionSample,
	isFromDashboard,
	NO_JUDGEMENT,
	SampleHistory,
	type SessionState,
	type ToDashboard,
} from "../../src/protocol/index.js";
import { dashboards } from "./harness/dashboards.js";
import type { DashboardPage, OpenOptions } from "./harness/page.js";
import { fullSampleAt, LEVELS_OFF, LIVE, MIXED, restoreOf, START, sampleAt, seconds, TARGET } from "./harness/samples.js";

const WIDE = { width: 1100, height: 800 };

const newDashboard = dashboards();

const open = (options: OpenOptions = WIDE): Promise<DashboardPage> => newDashboard(options);

function restore(count: number, state: SessionState = LIVE, more: readonly ConnectionSample[] = []): ToDashboard {
	return restoreOf(
		seconds(0, count).map((second) => sampleAt(second, more)),
		{ state },
	);
}

const next = (second: number): ToDashboard => ({ type: "sample", sample: sampleAt(second), afterGap: false });

describe("a live session", () => {
	it("asks for a restore, then shows figures with their change and state", async () => {
		const dashboard = await open();
		expect(await dashboard.sent()).toEqual(["ready"]);
		await dashboard.send(restore(280));
		expect(await dashboard.text("state")).toBe("Live");
		expect(await dashboard.text("sample-count")).toBe("280");
		expect(await dashboard.text("strip-rss")).toBe("178 MB");
		expect(await dashboard.text("strip-connections")).toBe("7");
		const tiles = await dashboard.page.locator(".tile").allInnerTexts();
		expect(tiles.find((text) => text.startsWith("outside the heap"))).toMatch(/124 MB\s+\+56\.6 MB\s+over/);
		expect(tiles.find((text) => text.startsWith("external"))).toMatch(/31\.3 MB\s+\+22\.3 MB\s+fine/);
	});

	it("draws each layer of memory in its place and a line per endpoint", async () => {
		const dashboard = await open();
		await dashboard.send(restore(280));
		const memory = await dashboard.inked("memory-chart");
		const connections = await dashboard.inked("connections-chart");
		for (const hue of ["blue", "yellow", "purple", "orange", "red"] as const) expect(memory, hue).toContain(hue);
		for (const hue of ["green", "red"] as const) expect(connections, hue).toContain(hue);
		expect(connections).not.toContain("yellow");
	});

	it("follows new samples without moving anything but the figures", async () => {
		const dashboard = await open();
		await dashboard.send(restore(280));
		const before = await dashboard.layout();
		for (const second of seconds(280, 300)) await dashboard.send(next(second));
		expect(await dashboard.text("sample-count")).toBe("300");
		expect(await dashboard.layout()).toEqual(before);
	});

	it("shows both views of an endpoint where they differ, and other endpoints only when asked", async () => {
		const dashboard = await open();
		await dashboard.send(restore(100, LIVE, MIXED));
		const labels = dashboard.page.locator(".figure").nth(1).locator(".label");
		expect(await labels.locator(".label-name").allInnerTexts()).toEqual([
			"127.0.0.1:3306 process",
			"127.0.0.1:3306 kernel",
			"127.0.0.1:5432",
			"10.1.4.20:6379",
		]);
		expect(await dashboard.page.locator(".tile-beside").allInnerTexts()).toContain("kernel · process 3");
		const other = labels.filter({ hasText: "6379" });
		expect(await other.getAttribute("aria-pressed")).toBe("false");
		await other.click();
		await expect.poll(() => other.getAttribute("aria-pressed")).toBe("true");
	});

	it("leaves gaps empty", async () => {
		const dashboard = await open();
		const history = new SampleHistory();
		for (const second of seconds(0, 100)) history.push(sampleAt(second), false);
		for (const second of seconds(200, 301)) history.push(sampleAt(second), second === 200);
		await dashboard.send(restoreOf(history));
		const ink = await Promise.all([50, 150, 250].map((second) => dashboard.columnInk("memory-chart", second / 300)));
		expect(ink[0]).toBeGreaterThan(0.4);
		expect(ink[1]).toBeLessThan(0.1);
		expect(ink[2]).toBeGreaterThan(0.4);
	});

	it("says why, while an alert stands", async () => {
		const dashboard = await open();
		await dashboard.send(restore(100));
		const why = dashboard.page.getByTestId("why");
		expect(await why.isVisible()).toBe(false);
		const finding = { rule: "multiple-clients", file: "src/rooms.ts", line: 4, message: "This is a second client." };
		const alert: Alert = {
			subject: "connections",
			since: START,
			message: "7 database connections are open; the limit is 5.",
			cause: "Several clients each hold a pool.",
			rules: ["multiple-clients"],
			finding,
		};
		await dashboard.send({ type: "judgement", judgement: { ...NO_JUDGEMENT, alerts: [alert] } });
		await expect.poll(() => why.isVisible()).toBe(true);
		const text = await why.innerText();
		for (const part of [alert.message, alert.cause, "src/rooms.ts:4", finding.message]) expect(text).toContain(part);
		await why.getByRole("button", { name: "src/rooms.ts:4" }).click();
		await expect.poll(() => dashboard.lastSent()).toEqual({ type: "openExplanation", subject: "connections" });
		await dashboard.send({ type: "judgement", judgement: NO_JUDGEMENT });
		await expect.poll(() => why.isVisible()).toBe(false);
	});

	it("lists where clients are made, and asks to open a line by its place in the list", async () => {
		const dashboard = await open();
		await dashboard.send(restore(10));
		const sites = dashboard.page.getByTestId("sites");
		expect(await sites.isVisible()).toBe(false);
		await dashboard.send({
			type: "sites",
			sites: [
				{ file: "/opt/lib/x.js", line: 3, created: 40, live: 2, rule: null, opens: false },
				{ file: "src/rooms.ts", line: 7, created: 20, live: 14, rule: "client-per-call", opens: true },
			],
		});
		const cells = sites.locator("tbody td");
		await expect
			.poll(() => cells.allInnerTexts())
			.toEqual(["2", "/opt/lib/x.js:3", "40", "none in the source", "14", "src/rooms.ts:7", "20", "client-per-call"]);
		expect(await sites.getByRole("button").count()).toBe(1);
		await sites.getByRole("button").click();
		expect(await dashboard.lastSent()).toEqual({ type: "openSite", index: 1 });
	});

	it("shows a lone first sample", async () => {
		const dashboard = await open();
		await dashboard.send(restore(1));
		expect(await dashboard.text("strip-rss")).toBe("117 MB");
		expect(await dashboard.columnInk("connections-chart", 0.995)).toBeGreaterThan(0);
	});

	it("treats what the target says of itself as text", async () => {
		const dashboard = await open();
		const title = '<img src=x onerror="window.broken = true"><b>x</b>';
		await dashboard.send(restore(3, { kind: "live", target: { ...TARGET, title }, since: START }));
		expect(await dashboard.page.locator(".state-target").textContent()).toContain(title);
		expect(await dashboard.page.evaluate(() => "broken" in window)).toBe(false);
	});

	it("leaves out a message it does not understand, and says so once in the console", async () => {
		const dashboard = await open();
		await dashboard.send(restore(10));
		await dashboard.page.evaluate(() => window.postMessage({ type: "sample", sample: { t: "now" }, afterGap: false }, "*"));
		await expect.poll(() => dashboard.problems.splice(0)).toEqual([expect.stringContaining("not understood")]);
		expect(await dashboard.text("sample-count")).toBe("10");
	});
});

describe("controls", () => {
	it("send what they promise", async () => {
		const dashboard = await open();
		await dashboard.send(restore(50));
		for (const name of ["Set baseline", "Clear", "Detach"]) await dashboard.press(name);
		await dashboard.send({ type: "state", state: { kind: "detached", target: TARGET, at: START } });
		await dashboard.press("Attach");
		expect(await dashboard.sent()).toEqual(["ready", "setBaseline", "clear", "detach", "attach"]);
	});

	it("pause the view, say how far behind it is, and catch up", async () => {
		const dashboard = await open();
		await dashboard.send(restore(100));
		await dashboard.press("Pause");
		for (const second of seconds(100, 134)) await dashboard.send(next(second));
		expect(await dashboard.text("state")).toBe("Paused");
		expect(await dashboard.page.locator(".state-message").textContent()).toContain("34 s behind");
		expect(await dashboard.text("sample-count")).toBe("134");
		expect(await dashboard.text("strip-connections")).toBe("3");
		await dashboard.press("Resume");
		expect(await dashboard.text("strip-connections")).toBe("4");
	});

	it("choose the window", async () => {
		const dashboard = await open();
		await dashboard.send(restore(1000));
		const ticks = async () => (await dashboard.memoryTimes())[0];
		expect(await ticks()).toBe("09:41:38");
		await dashboard.page.locator("vscode-dropdown").click();
		await dashboard.page.locator("vscode-option", { hasText: "15 min" }).click();
		await expect.poll(ticks).toBe("09:31:38");
	});

	it("hide a series by its label and keep that over hiding the panel", async () => {
		const dashboard = await open();
		await dashboard.send(restore(280));
		await dashboard.page.locator(".label", { hasText: "native" }).click();
		await dashboard.send();
		expect(await dashboard.inked("memory-chart")).not.toContain("purple");
		const kept = await dashboard.page.evaluate(() => window.keptState);
		const again = await open({ ...WIDE, kept });
		await again.send(restore(280));
		expect(await again.page.locator(".label", { hasText: "native" }).getAttribute("aria-pressed")).toBe("false");
		expect(await again.inked("memory-chart")).not.toContain("purple");
	});

	it("start from the defaults when what was kept makes no sense", async () => {
		const dashboard = await open({ ...WIDE, kept: { minutes: 7, switched: [{}], standing: { from: 5, to: 1 } } });
		await dashboard.send(restore(280));
		expect(await dashboard.text("state")).toBe("Live");
	});
});

describe("the crosshair", () => {
	it("reads all charts at one time", async () => {
		const dashboard = await open();
		await dashboard.send(restore(301));
		const box = await dashboard.page.locator("#memory-chart").boundingBox();
		if (box === null) throw new Error("no chart");
		const readTimes = async () => (await dashboard.page.locator(".figure-time").allInnerTexts()).slice(0, 2);
		await dashboard.page.mouse.move(box.x + 58 + (box.width - 58 - 3) / 2, box.y + 60);
		await expect.poll(readTimes).toEqual(["09:32:30", "09:32:30"]);
		expect(await dashboard.page.locator(".label", { hasText: "5432" }).locator(".label-value").textContent()).toBe("4");
		await dashboard.page.mouse.move(5, 5);
		await expect.poll(readTimes).toEqual(["09:35:00", "09:35:00"]);
	});

	it("moves by keyboard and is read out", async () => {
		const dashboard = await open();
		await dashboard.send(restore(100));
		await dashboard.page.locator("#memory-chart").focus();
		await dashboard.page.keyboard.press("ArrowLeft");
		await dashboard.page.keyboard.press("ArrowLeft");
		await expect
			.poll(() => dashboard.page.locator("[aria-live]").textContent())
			.toMatch(/^09:31:37: rss \d+ MB, .* 3 database connections$/);
		await dashboard.page.keyboard.press("Escape");
		await expect.poll(() => dashboard.page.locator(".figure-time").first().textContent()).toBe("09:31:39");
	});
});

describe("panels", () => {
	const full = seconds(0, 301).map(fullSampleAt);

	it("draw clients, queries, transactions and the event loop, with the slowest operations", async () => {
		const dashboard = await open({ width: 1100, height: 2600 });
		await dashboard.send(restoreOf(full));
		expect(await dashboard.inked("clients-chart")).toEqual(expect.arrayContaining(["green"]));
		expect(await dashboard.inked("queries-chart")).toEqual(expect.arrayContaining(["blue", "purple"]));
		expect(await dashboard.inked("transactions-chart")).toContain("purple");
		expect(await dashboard.inked("event-loop-chart")).toContain("orange");
		expect(await dashboard.inked("busy-chart")).toEqual(expect.arrayContaining(["blue", "green"]));
		const slow = await dashboard.page.getByTestId("slow").locator("tbody tr").allInnerTexts();
		expect(slow).toHaveLength(5);
		expect(slow[0]).toMatch(/699 ms\s+Booking\.findMany\s+09:34:59/);
	});

	it("say which level measures them and what it costs, and turn it on", async () => {
		const dashboard = await open();
		await dashboard.send(
			restoreOf(
				seconds(0, 100).map((second) => sampleAt(second)),
				{ levels: LEVELS_OFF },
			),
		);
		const clients = dashboard.page.locator(".figure", { hasText: "Clients" }).first();
		expect(await clients.innerText()).toContain('"Clients and pools" is off. The process stops for about 0.4 s.');
		await clients.locator("vscode-button").click();
		expect(await dashboard.lastSent()).toEqual({ type: "level", level: "inventory", on: true });
		const on = LEVELS_OFF.map((state) => (state.level === "inventory" ? { ...state, status: "on" as const } : state));
		await dashboard.send({ type: "levels", levels: on });
		await dashboard.send({ type: "sample", sample: fullSampleAt(100), afterGap: false });
		expect(await dashboard.page.locator("#clients-chart").isVisible()).toBe(true);
	});

	it("switch a level with its price beside it", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(full, { levels: LEVELS_OFF }));
		await dashboard.page.locator(".levels summary").click();
		const trace = dashboard.page.getByRole("switch", { name: /Queries and transactions/ });
		expect(await dashboard.page.getByTestId("levels").innerText()).toContain("0.04 to 0.2 ms of cpu more");
		await trace.click();
		expect(await dashboard.lastSent()).toEqual({ type: "level", level: "trace", on: true });
	});

	it("out of sight are not drawn, and are up to date once they are seen", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(full));
		const busy = dashboard.page.locator("#busy-chart");
		expect(await dashboard.inked("busy-chart")).toEqual([]);
		await dashboard.send({ type: "sample", sample: fullSampleAt(301), afterGap: false });
		await busy.scrollIntoViewIfNeeded();
		await expect.poll(() => dashboard.inked("busy-chart")).toContain("blue");
		await expect.poll(() => dashboard.page.locator(".figure").last().locator(".figure-time").innerText()).toBe("09:35:01");
	});
});

describe("export", () => {
	it("asks for the report", async () => {
		const dashboard = await open();
		await dashboard.send(restore(10));
		await dashboard.press("Create report");
		expect(await dashboard.lastSent()).toEqual({ type: "report" });
	});

	it("asks for the samples in view", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(seconds(0, 301).map((second) => sampleAt(second))));
		await dashboard.press("Export");
		expect(await dashboard.lastSent()).toEqual({ type: "export", from: START, to: START + 300_000 });
	});

	it("makes a picture of a chart with its title and series", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(seconds(0, 301).map((second) => sampleAt(second))));
		await dashboard.page.locator(".figure").first().getByText("PNG").click();
		const message = await dashboard.lastSent();
		if (!isFromDashboard(message) || message.type !== "picture") throw new Error("no picture was sent");
		expect(message.name).toBe("Memory");
		const png = Buffer.from(message.png, "base64");
		const canvas = await dashboard.page.locator("#memory-chart").boundingBox();
		expect(png.readUInt32BE(16)).toBe(Math.round((canvas?.width ?? 0) + 24));
		expect(png.readUInt32BE(20)).toBeGreaterThan((canvas?.height ?? 0) + 7 * 18);
	});
});

describe("marks", () => {
	it("stand in every chart and in the log, whose entries lead to their time", async () => {
		const dashboard = await open();
		const marks = [
			{ t: START + 100_000, kind: "alert", text: "External is over its limit." },
			{ t: START + 900_000, kind: "restart", text: "Process 7 followed." },
		] as const;
		await dashboard.send(restoreOf(seconds(0, 1000).map((second) => sampleAt(second))));
		const places = Array.from({ length: 9 }, (_, index) => 0.663 + index / 1_000);
		const densest = async () => Math.max(...(await Promise.all(places.map((place) => dashboard.columnInk("connections-chart", place)))));
		const before = await densest();
		await dashboard.send({ type: "marks", marks });
		expect(await densest()).toBeGreaterThan(before + 0.2);
		const entries = dashboard.page.getByTestId("marks").locator("li");
		expect(await entries.allInnerTexts()).toEqual(["09:45:00 Restart Process 7 followed.", "09:31:40 Alert External is over its limit."]);
		await entries.last().locator("button").click();
		await expect.poll(() => dashboard.page.locator(".figure-time").last().innerText()).toBe("09:31:40 · External is over its limit.");
	});

	it("can be the reader's own words", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(seconds(0, 100).map((second) => sampleAt(second))));
		await dashboard.page.getByLabel("Note", { exact: true }).fill("  load test begins ");
		await dashboard.page.keyboard.press("Enter");
		expect(await dashboard.lastSent()).toEqual({ type: "note", t: START + 99_000, text: "load test begins" });
	});
});

describe("zoom and pan", () => {
	const ends = async (dashboard: DashboardPage) => {
		const times = await dashboard.memoryTimes();
		return [times[0], times.at(-1)];
	};

	it("by wheel and drag, until a double click follows again", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(seconds(0, 1000).map((second) => sampleAt(second))));
		const following = await ends(dashboard);
		const box = await dashboard.page.locator("#memory-chart").boundingBox();
		if (box === null) throw new Error("no chart");
		const [left, width, y] = [box.x + 58, box.width - 61, box.y + 60];
		await dashboard.page.mouse.move(left + width / 2, y);
		await dashboard.page.keyboard.down("Control");
		await dashboard.page.mouse.wheel(0, -100);
		await dashboard.page.keyboard.up("Control");
		await expect.poll(() => dashboard.text("state")).toBe("Paused");
		await expect.poll(() => ends(dashboard)).toEqual([expect.stringMatching(/^09:42:0[89]$/), expect.stringMatching(/^09:46:(09|10)$/)]);
		await dashboard.page.mouse.down();
		await dashboard.page.mouse.move(left + width, y, { steps: 5 });
		await dashboard.page.mouse.up();
		await expect.poll(async () => (await ends(dashboard))[1]).toMatch(/^09:44:[01]/);
		await dashboard.page.mouse.dblclick(left + width / 2, y);
		await expect.poll(() => dashboard.text("state")).toBe("Live");
		expect(await ends(dashboard)).toEqual(following);
	});

	it("by keyboard", async () => {
		const dashboard = await open();
		await dashboard.send(restoreOf(seconds(0, 1000).map((second) => sampleAt(second))));
		await dashboard.memoryTimes();
		await dashboard.page.locator("#memory-chart").focus();
		await dashboard.page.keyboard.press("+");
		await expect.poll(() => dashboard.text("state")).toBe("Paused");
		await dashboard.page.keyboard.press("Shift+ArrowLeft");
		await expect.poll(async () => (await ends(dashboard))[1]).toMatch(/^09:45:4/);
		await dashboard.page.keyboard.press("0");
		await expect.poll(() => dashboard.text("state")).toBe("Live");
	});
});

describe("states", () => {
	it.each<[SessionState, string, string, string]>([
		[{ kind: "idle" }, "Nothing attached", "Attach to a running Node process", "attach"],
		[{ kind: "connecting", step: "Opening the inspector" }, "Connecting", "Opening the inspector…", "detach"],
		[LIVE, "Live", "The first sample is on its way", "detach"],
		[{ kind: "error", message: "The port is taken.", action: "Take another.", detail: "EADDRINUSE" }, "Error", "Take another.", "attach"],
	])("before the first sample: %j", async (state, word, text, message) => {
		const dashboard = await open({ width: 700, height: 500 });
		await dashboard.send(restore(0, state));
		expect(await dashboard.text("state")).toBe(word);
		expect(await dashboard.text("welcome")).toContain(text);
		expect(await dashboard.page.locator("#memory-chart").isVisible()).toBe(false);
		await dashboard.page.locator("[data-testid=welcome] vscode-button").first().click();
		expect((await dashboard.sent()).at(-1)).toBe(message);
	});

	it.each<[SessionState, string, string]>([
		[{ kind: "gone", target: TARGET, at: START + 280_000, reason: "The process ended." }, "Process gone", "What was recorded stays here."],
		[{ kind: "detached", target: TARGET, at: START + 280_000 }, "Detached", "The process runs on."],
		[{ kind: "silent", target: TARGET, since: START + 280_000, reason: "It is stopped." }, "Not answering", "It is stopped."],
		[{ kind: "error", message: "The port is taken.", action: "Take another." }, "Error", "Take another."],
		[{ kind: "connecting", step: "Checking" }, "Connecting", "Checking…"],
	])("keeps what was recorded on the screen: %j", async (state, word, text) => {
		const dashboard = await open();
		await dashboard.send(restore(280));
		const before = await dashboard.layout();
		await dashboard.send({ type: "state", state });
		expect(await dashboard.text("state")).toBe(word);
		expect(await dashboard.page.locator(".state-message").textContent()).toContain(text);
		expect(await dashboard.text("strip-rss")).toBe("178 MB");
		expect(await dashboard.inked("memory-chart")).toContain("purple");
		expect((await dashboard.layout()).slice(-12)).toEqual(before.slice(-12));
	});
});

describe("looks", () => {
	it("changes its colours with the theme", async () => {
		const dashboard = await open();
		await dashboard.send(restore(280));
		await dashboard.setTheme("light");
		expect(await dashboard.inked("connections-chart", "light")).toContain("green");
		expect(await dashboard.inked("connections-chart", "dark")).not.toContain("green");
		await dashboard.setTheme("highContrast");
		expect(await dashboard.inked("memory-chart", "highContrast")).toContain("blue");
	});

	it.each([300, 420, 700, 1100, 2000])("fits %i px", async (width) => {
		const dashboard = await open({ width, height: 900 });
		await dashboard.send(restore(280, LIVE, MIXED));
		const { scrollWidth, overlaps } = await dashboard.page.evaluate(() => {
			const boxes = [...document.querySelectorAll(".label, .controls > *, .tile")].map((found) => found.getBoundingClientRect());
			const meet = (a: DOMRect, b: DOMRect): boolean =>
				a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
			return {
				scrollWidth: document.documentElement.scrollWidth,
				overlaps: boxes.filter((a, index) => boxes.slice(index + 1).some((b) => meet(a, b))).length,
			};
		});
		expect(scrollWidth).toBeLessThanOrEqual(width);
		expect(overlaps).toBe(0);
		const canvas = await dashboard.page.locator("#memory-chart").boundingBox();
		expect(canvas?.width).toBeGreaterThan(width < 520 ? width - 40 : width - 260);
	});

	it.each([300, 320, 420, 700])("cuts nothing off in the head of a chart %i px wide", async (width) => {
		const dashboard = await open({ width, height: 3_600 });
		await dashboard.send(restoreOf(seconds(0, 280).map(fullSampleAt)));
		const cut = await dashboard.page.locator(".figure > header > *, .breakdown tbody th, .listing th").evaluateAll((all) => {
			const { clientWidth } = document.documentElement;
			return all
				.filter((found) => found.scrollWidth > found.clientWidth + 1 || found.getBoundingClientRect().right > clientWidth)
				.map(({ textContent }) => textContent);
		});
		expect(cut).toEqual([]);
	});

	it("has a table behind every chart, of the series that are shown", async () => {
		const dashboard = await open({ width: 1100, height: 2600 });
		await dashboard.send(restoreOf(seconds(0, 280).map(fullSampleAt)));
		for (const name of await dashboard.page.getByRole("button", { name: "Table" }).all()) {
			expect(await name.getAttribute("aria-expanded")).toBe("false");
			await name.click();
		}
		const lastRow = (chart: string) => dashboard.page.getByTestId(`${chart}-table`).locator("tbody tr").last().innerText();
		const head = (chart: string) => dashboard.page.getByTestId(`${chart}-table`).locator("thead th").allInnerTexts();
		expect(await head("memory-chart")).toEqual([
			"Time",
			"rss",
			"outside the heap",
			"heapTotal",
			"native",
			"external",
			"heap free",
			"heapUsed",
		]);
		expect(await lastRow("memory-chart")).toMatch(/^09:34:39\s+178 MB\s+124 MB/);
		expect(await head("clients-chart")).toEqual(["Time", "alive", "created"]);
		expect(await lastRow("clients-chart")).toMatch(/^09:34:39\s+7\s+7$/);
		expect(await lastRow("queries-chart")).toMatch(/^09:34:39\s+11.6 ms\s+25.5 ms/);
		expect(await lastRow("transactions-chart")).toMatch(/^09:34:39\s+3$/);
		expect(await lastRow("event-loop-chart")).toMatch(/^09:34:39\s+\d.\d\d ms\s+\d+.\d+ ms$/);
		expect(await lastRow("busy-chart")).toMatch(/^09:34:39\s+\d+ %\s+\d+ %$/);
		expect(await head("connections-chart")).toContain("127.0.0.1:5432");
		await dashboard.page.locator(".label", { hasText: "created" }).click();
		await expect.poll(() => head("clients-chart")).toEqual(["Time", "alive"]);
		await dashboard.send({ type: "sample", sample: fullSampleAt(280), afterGap: false });
		expect(await lastRow("clients-chart")).toMatch(/^09:34:40\s+8$/);
	});
});

describe("memory", () => {
	it("is bounded however long it runs", async () => {
		const dashboard = await open();
		await dashboard.send(restore(0));
		const feed = async (from: number, to: number): Promise<void> => {
			for (let second = from; second < to; second += 100) await dashboard.send(...seconds(second, second + 100).map(next));
		};
		await feed(0, 6_000);
		const early = await dashboard.heapUsed();
		await feed(6_000, 20_000);
		const late = await dashboard.heapUsed();
		expect(await dashboard.text("sample-count")).toBe("20000");
		expect(late - early).toBeLessThan(1_500_000);
	});
});
