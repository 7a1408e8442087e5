const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What a JavaScript ending may stand for in TypeScript sources. */
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
	".js": [".ts", ".tsx", ".jsx"],
	".jsx": [".tsx", ".ts"],
	".mjs": [".mts"],
	".cjs": [".cts"],
};

/** Compilers' output folders, and where such output comes from. */
const OUTPUT = /(^|\/)(dist|build|lib|out|output|es|esm|cjs|\.output)\/(?:(?:esm|cjs|es|mjs|src|types)\/)?/;

/** The source a path stands for, as Node and TypeScript probe: itself, another ending, an index file. */
export function probe(path: string, has: (path: string) => boolean): string | null {
	if (has(path)) return path;
	const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
	if (ending !== undefined) {
		const stem = path.slice(0, -ending.length);
		const found = SOURCES_OF[ending]?.find((source) => has(stem + source));
		if (found !== undefined) return stem + found;
	}
	for (const extension of ENDINGS) if (has(path + extension)) return path + extension;
	const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
	for (const extension of ENDINGS) if (has(`${folder}index${extension}`)) return `${folder}index${extension}`;
	return null;
}

/** As `probe`, and for a path into build output also the source it was built from: `dist/index.js` → `src/index.ts`. */
export function probeBuilt(dir: string, path: string, has: (path: string) => boolean): string | null {
	const prefix = dir === "" ? "" : `${dir}/`;
	const relative = path.slice(prefix.length).replace(/\.d\.([cm]?)ts$/, ".$1js");
	const direct = probe(prefix + relative, has);
	if (direct !== null || !OUTPUT.test(relative)) return direct;
	for (const source of ["$1src/", "$1"]) {
		const found = probe(prefix + relative.replace(OUTPUT, source), has);
		if (found !== null) return found;
	}
	return null;
}
