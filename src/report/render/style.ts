/** Light and dark as the reader's system is; on paper, black on white with no table row torn apart. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --back: #fff; --shade: #f6f8fa;
	--c1: #0969da; --c2: #54aeff; --c3: #bf8700; --c4: #a475f9; --c5: #1f2328; --limit: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9198a1; --line: #3d444d; --back: #0d1117; --shade: #151b23;
	--c1: #1f6feb; --c2: #79c0ff; --c3: #d29922; --c4: #a475f9; --c5: #e6edf3; --limit: #ff7b72; } }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0 .5rem; }
.about { color: var(--soft); font-size: .9rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
.right { text-align: right; white-space: nowrap; }
code, pre { font: .85em ui-monospace, monospace; background: var(--shade); border-radius: 3px; }
code { padding: .1em .25em; overflow-wrap: anywhere; }
pre { padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { padding: 0; font-size: 1em; }
td:first-child code { white-space: nowrap; }
figure { margin: .5rem 0 1rem; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .limit { stroke: var(--limit); stroke-width: 1; stroke-dasharray: 4 3; }
svg .line { fill: none; stroke-width: 1.5; }
svg .area { fill-opacity: .55; stroke: none; }
@media print {
	:root { color-scheme: light; --text: #000; --soft: #444; --line: #bbb; --back: #fff; --shade: #fff;
		--c1: #0969da; --c2: #54aeff; --c3: #bf8700; --c4: #a475f9; --c5: #000; --limit: #cf222e; }
	main { max-width: none; padding: 0; }
	h2, h3 { break-after: avoid; }
	tr, figure, pre { break-inside: avoid; }
	.table { overflow: visible; }
}
`;
