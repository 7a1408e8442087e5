/** Dashboards for the tests of one file, in a browser of their own. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Bundle, bundleDashboard, DashboardPage, launch, type OpenOptions } from "./page.js";

/** Gives what opens a dashboard, which is closed after its test. Whatever a test does, the page breaks no policy and raises no error. */
export function dashboards(): (options: OpenOptions) => Promise<DashboardPage> {
	let browser: Browser;
	let bundle: Bundle;
	const opened: DashboardPage[] = [];

	beforeAll(async () => {
		[browser, bundle] = await Promise.all([launch(), bundleDashboard()]);
	});
	afterAll(() => browser.close());
	afterEach(async () => {
		const problems = opened.flatMap((dashboard) => dashboard.problems);
		await Promise.all(opened.splice(0).map((dashboard) => dashboard.page.close()));
		expect(problems).toEqual([]);
	});

	return async (options) => {
		const dashboard = await DashboardPage.open(browser, bundle, options);
		opened.push(dashboard);
		return dashboard;
	};
}
