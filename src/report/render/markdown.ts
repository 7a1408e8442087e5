import { type Block, type Document, spansOf, type Text } from "./document.js";

export function markdownOf({ conclusion: [verdict, measured, next], about, sections }: Document): string {
	const body = sections.flatMap(({ title, blocks }) => [`## ${inline(title)}`, ...blocks.flatMap(blockText)]);
	return `# ${inline(verdict)}\n${inline(measured)}\\\n${inline(next)}\n\n${[inline(about), ...body].join("\n\n")}\n`;
}

function blockText(block: Block): readonly string[] {
	switch (block.kind) {
		case "paragraph":
			return [inline(block.text)];
		case "heading":
			return [`### ${inline(block.text)}`];
		case "list":
			return [block.items.map((item) => `- ${inline(item)}`).join("\n")];
		case "code":
			return [`\`\`\`sh\n${block.text}\n\`\`\``];
		case "table": {
			const head = row(block.columns.map((column) => column.head));
			const rule = `|${block.columns.map(({ align }) => (align === "right" ? "---:" : "---")).join("|")}|`;
			return [[head, rule, ...block.rows.map(row)].join("\n")];
		}
		case "chart":
			return [];
	}
}

function row(cells: readonly Text[]): string {
	return `| ${cells.map((cell) => inline(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

function inline(text: Text): string {
	return spansOf(text)
		.map((span) => (typeof span === "string" ? escaped(span) : codeSpan(span.code)))
		.join("");
}

/** What comes from a workspace must not become markup: no HTML, no link, no picture, no emphasis. */
function escaped(text: string): string {
	return oneLine(text).replace(/[\\`*_[\]<>#~&]/g, "\\$&");
}

/** Fenced by more backticks than stand in it. */
function codeSpan(code: string): string {
	const text = oneLine(code);
	const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const gap = longest > 0 ? " " : "";
	return `${fence}${gap}${text}${gap}${fence}`;
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ");
}
