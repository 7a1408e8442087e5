import { chartSvg } from "./chart.js";
import { type Block, type Document, spansOf, type Text } from "./document.js";
import { escapeHtml } from "./escape.js";
import { STYLE } from "./style.js";

/** A page of its own: no script, nothing loaded from elsewhere. */
export function htmlOf({ conclusion: [verdict, measured, next], about, sections }: Document): string {
	const body = sections.map(
		({ title, blocks }) => `<section>\n<h2>${escapeHtml(title)}</h2>\n${blocks.map(blockHtml).join("\n")}\n</section>`,
	);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(verdict)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(verdict)}</h1>
<p>${escapeHtml(measured)}</p>
<p>${escapeHtml(next)}</p>
<p class="about">${escapeHtml(about)}</p>
</header>
${body.join("\n")}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
	switch (block.kind) {
		case "paragraph":
			return `<p>${inline(block.text)}</p>`;
		case "heading":
			return `<h3>${inline(block.text)}</h3>`;
		case "list":
			return `<ul>\n${block.items.map((item) => `<li>${inline(item)}</li>`).join("\n")}\n</ul>`;
		case "code":
			return `<pre><code>${escapeHtml(block.text)}</code></pre>`;
		case "table": {
			const cells = (tag: "th" | "td", texts: readonly Text[]): string =>
				texts
					.map((text, index) => `<${tag}${block.columns[index]?.align === "right" ? ' class="right"' : ""}>${inline(text)}</${tag}>`)
					.join("");
			const rows = block.rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
			const head = cells(
				"th",
				block.columns.map((column) => column.head),
			);
			return `<div class="table"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows}\n</tbody>\n</table></div>`;
		}
		case "chart":
			return `<figure>${chartSvg(block.chart)}</figure>`;
	}
}

function inline(text: Text): string {
	return spansOf(text)
		.map((span) => (typeof span === "string" ? escapeHtml(span) : `<code>${escapeHtml(span.code)}</code>`))
		.join("");
}
