/**
 * The dashboard in a real browser over a day at one sample a second: how long it takes to open, and what one more sample costs. Prints its
 * rows as JSON for `npm run bench`.
 */
import { SampleHistory, type ToDashboard } from "../../src/protocol/index.js";
import type { BenchRow } from "../bench/row.js";
import { median, quantile } from "../bench/statistics.js";
import { bundleDashboard, DashboardPage, launch } from "./harness/page.js";
import { fullSampleAt, restoreOf } from "./harness/samples.js";

const DAY_SECONDS = 86_400;
const OPENINGS = 5;
const UPDATES = 180;
const OPEN_BUDGET_MS = 300;
const UPDATE_BUDGET_MS = 8;
/** The last third of the updates may take this much longer than the first third: noise, not growth. */
const GROWTH_BOUND = 1.5;
const SIZE = { width: 1_100, height: 800 };

/** Spans in view: what is there at first, and longer ones. */
const WINDOWS = [
	{ minutes: 5, name: "5 min" },
	{ minutes: 60, name: "1 h" },
	{ minutes: 1_440, name: "a day" },
] as const;

async function measureAll(): Promise<BenchRow[]> {
	const [browser, bundle] = await Promise.all([launch(), bundleDashboard()]);
	try {
		const day = new SampleHistory();
		for (let second = 0; second < DAY_SECONDS; second += 1) day.push(fullSampleAt(second), false);
		const rows: BenchRow[] = [];
		for (const { minutes, name } of WINDOWS) {
			const page = await DashboardPage.open(browser, bundle, { ...SIZE, kept: { minutes } });
			const opening = await openingTimes(page, day);
			rows.push(openingRow(name, opening), ...updateRows(name, await updateTimes(page, day.received)));
			await page.page.close();
		}
		return rows;
	} finally {
		await browser.close();
	}
}

function openingRow(span: string, opening: readonly number[]): BenchRow {
	return {
		name: `dashboard opens with ${span} in view, cpu ÷ ${OPEN_BUDGET_MS} ms`,
		ratio: median(opening) / OPEN_BUDGET_MS,
		bound: 1,
		detail: `median ${median(opening).toFixed(0)} ms over ${OPENINGS}, ${DAY_SECONDS} samples recorded at 1 Hz`,
	};
}

function updateRows(span: string, updates: readonly number[]): readonly BenchRow[] {
	const third = Math.floor(updates.length / 3);
	const p95 = quantile(updates, 0.95);
	const [early, late] = [updates.slice(0, third), updates.slice(-third)].map((times) => quantile(times, 0.95));
	return [
		{
			name: `dashboard update with ${span} in view, cpu p95 ÷ ${UPDATE_BUDGET_MS} ms`,
			ratio: p95 / UPDATE_BUDGET_MS,
			bound: 1,
			detail: `p50 ${median(updates).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms over ${UPDATES} samples`,
		},
		{
			name: `dashboard update with ${span} in view, late ÷ early p95`,
			ratio: (late ?? Number.NaN) / (early ?? Number.NaN),
			bound: GROWTH_BOUND,
			detail: `last third ${late?.toFixed(1)} ms, first third ${early?.toFixed(1)} ms`,
		},
	];
}

/** Milliseconds of work from the message to the frame that shows it: validated, kept and drawn. */
async function openingTimes(dashboard: DashboardPage, history: SampleHistory): Promise<readonly number[]> {
	await hand(dashboard, [restoreOf(history)]);
	return timed(dashboard, new Array<number>(OPENINGS).fill(0));
}

/** Milliseconds of work for each further sample: taking it in, and its frame. */
async function updateTimes(dashboard: DashboardPage, from: number): Promise<readonly number[]> {
	const indices = Array.from({ length: UPDATES }, (_, index) => index);
	await hand(
		dashboard,
		indices.map((index) => ({ type: "sample", sample: fullSampleAt(from + index), afterGap: false })),
	);
	return timed(dashboard, indices);
}

/** Messages are handed over before they are timed, so that their way into the page does not count. */
async function hand({ page }: DashboardPage, messages: readonly ToDashboard[]): Promise<void> {
	await page.evaluate((json) => {
		window.handed = JSON.parse(json);
	}, JSON.stringify(messages));
}

/** The time the page's main thread worked for each message and the frame after it, without the time it waited for a core. */
async function timed({ page }: DashboardPage, indices: readonly number[]): Promise<readonly number[]> {
	const session = await page.context().newCDPSession(page);
	await session.send("Performance.enable", { timeDomain: "threadTicks" });
	const worked = async (): Promise<number> => {
		const { metrics } = await session.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
	};
	const taken: number[] = [];
	for (const index of indices) {
		const before = await worked();
		await page.evaluate(async (place) => {
			window.dispatchEvent(new MessageEvent("message", { data: window.handed[place] }));
			await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
		}, index);
		taken.push((await worked()) - before);
	}
	await session.detach();
	return taken;
}

declare global {
	interface Window {
		handed: readonly unknown[];
	}
}

async function main(): Promise<void> {
	console.log(JSON.stringify(await measureAll()));
}

void main();
