import { describe, expect, it } from "vitest";
import { chartSvg } from "../../../src/report/render/chart.js";
import type { Document } from "../../../src/report/render/document.js";
import { htmlOf } from "../../../src/report/render/html.js";
import { markdownOf } from "../../../src/report/render/markdown.js";

const HOSTILE = "<img src=x onerror=alert(1)> [link](javascript:alert(1)) | `code` *bold*\n# Heading";

const DOCUMENT: Document = {
	conclusion: [HOSTILE, "Two.", "Three."],
	about: "Made by a test.",
	sections: [
		{
			title: "Section",
			blocks: [
				{ kind: "paragraph", text: [HOSTILE, { code: "a `b` | c" }] },
				{ kind: "table", columns: [{ head: "Name", align: "left" }], rows: [[HOSTILE], [[{ code: "x|y" }]]] },
				{ kind: "code", text: 'psql "$DATABASE_URL" -c "select 1 < 2"' },
				{ kind: "chart", chart: chart({ title: HOSTILE }) },
			],
		},
	],
};

function chart(changes = {}) {
	return {
		title: "Memory",
		times: [0, 1_000, 2_000],
		series: [
			{ name: "heap", color: 1 as const, shape: "area" as const, values: [10, 20, 30] },
			{ name: "native", color: 2 as const, shape: "area" as const, values: [10, 10, 10] },
			{ name: "rss", color: 5 as const, shape: "line" as const, values: [20, 30, 40] },
		],
		limit: { name: "limit", value: 35 },
		format: String,
		formatTime: String,
		...changes,
	};
}

describe("Markdown", () => {
	it("keeps what comes from a workspace text: one line, no markup, no further cells", () => {
		const lines = markdownOf(DOCUMENT).split("\n");
		expect(lines[0]).toBe("# \\<img src=x onerror=alert(1)\\> \\[link\\](javascript:alert(1)) | \\`code\\` \\*bold\\* \\# Heading");
		expect(lines.slice(1, 3)).toEqual(["Two.\\", "Three."]);
		const rows = lines.filter((line) => line.startsWith("| "));
		for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(3);
		expect(markdownOf(DOCUMENT)).toContain("`` a `b` | c ``");
	});
});

describe("HTML", () => {
	const page = htmlOf(DOCUMENT);

	it("holds no element that a workspace brought along, no script and nothing from elsewhere", () => {
		expect(page).not.toMatch(/<(img|script|link|iframe)|href=|src="|url\(|@import/);
		expect(page).toContain("&lt;img src=x");
		expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	});

	it("is styled for light, dark and paper", () => {
		expect(page).toContain("prefers-color-scheme: dark");
		expect(page).toContain("@media print");
	});
});

describe("chart", () => {
	it("stacks areas, and draws lines from the axis", () => {
		const svg = chartSvg(chart());
		// The axis ends at 40, and the plot is 184 high: the areas together reach as high as the line.
		expect(svg).toMatch(/class="line"[^>]* d="M64 116L312 70L560 24"/);
		expect(svg).toMatch(/style="fill:var\(--c2\)" d="M64 116L312 70L560 24L560 70L312 116L64 162Z"/);
		expect(svg).toMatch(/class="limit"[^>]* y1="47"/);
	});

	it("keeps labels apart, and says what it is to who does not see it", () => {
		const svg = chartSvg(chart({ series: [1, 2, 3].map((n) => ({ name: `s${n}`, color: 1, shape: "line", values: [5, 5, 5] })) }));
		const heights = Array.from(svg.matchAll(/<rect [^>]*y="([\d.]+)"/g), ([, y]) => Number(y)).sort((a, b) => a - b);
		expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBeGreaterThanOrEqual(12);
		expect((heights[2] ?? 0) - (heights[1] ?? 0)).toBeGreaterThanOrEqual(12);
		expect(svg).toMatch(/role="img" aria-label="Memory"/);
	});

	it.each([[[]], [[0]]])("draws what was measured once or never: %j", (times) => {
		const values = times.map(() => 0);
		expect(chartSvg(chart({ times, limit: null, series: [{ name: "s", color: 1, shape: "line", values }] }))).not.toMatch(/NaN|Infinity/);
	});
});
