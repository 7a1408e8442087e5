/** What can be said of a source by a quick look at its text, without parsing it. */
export interface TextFacts {
	/** Specifiers of imports, re-exports, `require` and `import()`, without repeats. */
	readonly specifiers: readonly string[];
	/** Whether the text speaks of Prisma, of a pool or to this analysis, so that it is worth parsing. */
	readonly matters: boolean;
	/** Whether it re-exports from other modules. */
	readonly isBarrel: boolean;
	/** Whether it makes a client, an adapter or a pool: its imports may hold their options. */
	readonly opensConnections: boolean;
	/** Whether it makes, ends or extends a client or pool itself: all that can be found in a test. */
	readonly ownsClients: boolean;
	/** Whether it names a driver adapter or a URL parameter of a pool. */
	readonly sizesPools: boolean;
}

/** How a file that nobody imports is meant to be run; asked of few files, so read when asked. */
export interface EntryFacts {
	/** Whether it runs when loaded: a server that listens, a script that calls its main. */
	readonly runsItself: boolean;
	/** Whether it opens a port: a server, as opposed to a script. */
	readonly listens: boolean;
	readonly hasExports: boolean;
	/** Whether it exports a `handler`: a serverless function, bundled and run by itself. */
	readonly isServerless: boolean;
}

const MATTERS =
	/prisma-leak-lens-|PrismaClient|@prisma\/orm-\w+\/runtime|\$transaction|[tT]ransaction\(\s*async\b|\$on\(|\$extends|\$use\(|\$disconnect|new Pool\(|Prisma(?:Service|Manager|Pg|Neon|MariaDb|Mssql)\b|connection_?[lL]imit|\bpool_timeout\b|[Pp]risma\w* = new |extends \w*Prisma|class \w*(?:Connection|Query|Database)\w*(?:Pool|Manager|Optimi[sz]er|Monitor|Tracker|History)/;
/** The specifier of an import, re-export, `require` or `import()`, or of what loads a module with others in place of its imports. */
export const SPECIFIER = /(?:\bfrom|\bimport|\b(?:require|import|proxyquire|esmock)\s*\()\s*["']([^"'\n]+)["']/g;
const BARREL = /\bexport\s*(?:type\s*)?(?:\*|\{[^{}]*\}\s*from\b)|\bexports(?:\.\w+)?\s*=\s*(?:require\(|\{[^{}]*\brequire\()/;
const OPENS = /new\s+(?:\w+\.)?(?:\w*Prisma\w*|Pool)\s*\(|@prisma\/orm-\w+\/runtime/;
const OWNS =
	/\bnew\s+(?:[\w$]+\.)*\w*(?:Prisma|Pool|Client|D[bB]|Database)\w*|\$disconnect|\bextends\s+[\w.]*Prisma|@prisma\/orm-\w+\/runtime/;
const SIZES_POOLS =
	/\bPrisma(?:Pg|Neon|MariaDb|Mssql)\b|connection_?[lL]imit|\b(?:pool|connect|socket)_timeout\b|\bmax_(?:idle_)?connection_lifetime\b/;
const RUNS =
	/^(?:await\s+)?(?:void\s+)?(?:main|run|bootstrap|start|startServer|init|seed|server|app|fastify|httpServer)(?:\.\w+)?\s*\(|\.listen\s*\(|require\.main\s*===?\s*module|import\.meta\.main\b|^\(async\b|^\(\s*(?:async\s*)?\(\)\s*=>/m;
const LISTENS = /\.listen\s*\(|\bcreateServer\s*\(|\bserve\s*\(/;
const EXPORTS = /^\s*export\s|\bmodule\.exports\b|\bexports\.\w+\s*=/m;
const SERVERLESS = /^\s*(?:module\.)?exports\.handler\s*=|^\s*export\s+(?:const|let|async\s+function|function)\s+handler\b/m;

export function scanText(text: string): TextFacts {
	const specifiers = new Set<string>();
	for (const match of text.matchAll(SPECIFIER)) if (match[1]) specifiers.add(detached(match[1]));
	const matters = MATTERS.test(text);
	return {
		specifiers: [...specifiers],
		matters,
		isBarrel: BARREL.test(text),
		opensConnections: matters && OPENS.test(text),
		ownsClients: matters && OWNS.test(text),
		sizesPools: matters && SIZES_POOLS.test(text),
	};
}

/** A copy: the engine keeps a part of a text as a view of the whole, which would stay in memory with it. */
function detached(part: string): string {
	return Buffer.from(part).toString();
}

export function scanEntry(text: string): EntryFacts {
	return { runsItself: RUNS.test(text), listens: LISTENS.test(text), hasExports: EXPORTS.test(text), isServerless: SERVERLESS.test(text) };
}

/** A pool's size as a key, or a time as a key or constant. */
const OPTION =
	/\b(?:max|min|maxConnections|minConnections|connectionLimit|connection_limit|poolSize)\b["']?\s*:|(?:timeout|max_?wait)\w*["']?\s*[:=]/i;

/** Whether it may hold options of clients, adapters and pools. */
export function mayHoldOptions(text: string): boolean {
	return OPTION.test(text);
}

/** The name of a declared class, and what stands between that and its body; a comment about a class must not hide the one below it. */
const CLASS_HEAD = /\bclass\s+([\w$]+)(?=([^{]*)\{)/g;

/** Whether it declares a class of that name which extends nothing, so that no client is made of it. */
export function declaresPlainClass(text: string, name: string): boolean {
	const heads = [...text.matchAll(CLASS_HEAD)].filter(([, declared]) => declared === name);
	return heads.length === 1 && !/\bextends\b/.test(heads[0]?.[2] ?? "");
}
