import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { ts } from "ts-morph";
import { createResolver, type Resolver } from "../../src/analysis/resolve/index.js";
import { type LiveWorkspace, loadWorkspace } from "../../src/analysis/workspace/index.js";
import { DEFAULT_SETTINGS } from "../../src/config/index.js";
import { STUBS } from "../../test/analysis/fixes/stubs.js";
import { projectRoot } from "./paths.js";

/** Texts of touched files: before is null for new ones. */
export type Touched = ReadonlyMap<string, { readonly before: string | null; readonly after: string }>;

const CLIENT_STUB = "/node_modules/@prisma/client/index.d.ts";
/** The models of a tree are not known; every other member of the client is. */
const ANY_MODEL = `export {};\ndeclare module "@prisma/client" { interface PrismaClient<T> { [model: string]: any } }\n`;
const VIRTUAL = "/virtual";

/**
 * Checks edits of a tree whose packages are not installed: with stub types for Prisma, its adapters, pg and some others, and nothing
 * known of the rest.
 */
export class TreeChecker {
	readonly #parsed = new Map<string, ts.SourceFile>();

	private constructor(
		private readonly root: string,
		private readonly workspace: LiveWorkspace,
	) {}

	static async open(root: string): Promise<TreeChecker> {
		return new TreeChecker(root, await loadWorkspace(root, DEFAULT_SETTINGS));
	}

	/** What is wrong after an edit that was right before it: syntax, imports that lead nowhere, type errors. */
	problems(touched: Touched): string[] {
		const before = new Map([...touched].flatMap(([file, text]) => (text.before === null ? [] : [[file, text.before]])));
		const after = new Map([...touched].map(([file, text]) => [file, text.after]));
		for (const [file, text] of touched) if (text.before === null) this.workspace.addSource(file);
		const broken = [...after].flatMap(([file, text]) =>
			syntaxErrors(file, text) > syntaxErrors(file, before.get(file) ?? "") ? [`${file} does not parse`] : [],
		);
		if (broken.length > 0) return broken;
		const absent = this.#absent(before);
		return [...this.#lostImports(before, after, absent), ...without(this.#errors(after, absent), this.#errors(before, absent))];
	}

	/** What files imported before though it is not there: a client that is generated at build time, from a schema that may be elsewhere. */
	#absent(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
		const resolver = createResolver(this.workspace, (file) => this.#read(file));
		const absent = [...texts].flatMap(([file, text]) =>
			specifiersIn(file, text)
				.filter((specifier) => specifier.startsWith(".") && resolver.resolve(file, specifier).kind !== "file")
				.map((specifier) => targetOf(file, specifier)),
		);
		return new Set(absent);
	}

	/** Imports that the edit adds and that lead to no file. */
	#lostImports(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, absent: ReadonlySet<string>): string[] {
		const resolver = createResolver(this.workspace, (file) => after.get(file) ?? this.#read(file));
		return [...after].flatMap(([file, text]) => {
			const had = new Set(specifiersIn(file, before.get(file) ?? ""));
			return specifiersIn(file, text).flatMap((specifier) => {
				const isNew = !had.has(specifier) && (specifier.startsWith(".") || resolver.resolve(file, specifier).kind === "file");
				const isThere = resolver.resolve(file, specifier).kind === "file" || this.#isGenerated(file, specifier, absent);
				return isNew && !isThere ? [`${file} imports ${specifier}, which leads nowhere`] : [];
			});
		});
	}

	#isGenerated(file: string, specifier: string, absent: ReadonlySet<string>): boolean {
		if (!specifier.startsWith(".")) return false;
		const target = targetOf(file, specifier);
		return absent.has(target) || this.workspace.generatorOf(target) !== null;
	}

	#errors(texts: ReadonlyMap<string, string>, absent: ReadonlySet<string>): string[] {
		const resolver = createResolver(this.workspace, (file) => texts.get(file) ?? this.#read(file));
		const host = this.#host(texts, resolver, absent);
		const options = this.#optionsFor([...texts.keys()][0] ?? "");
		const roots = [...texts.keys()].filter((file) => /\.[mc]?tsx?$/.test(file)).map((file) => join(this.root, file));
		const globals = join(VIRTUAL, "models.d.ts");
		const program = ts.createProgram({ rootNames: [...roots, globals], options, host });
		return roots.flatMap((path) => {
			const source = program.getSourceFile(path);
			return source
				? program
						.getSemanticDiagnostics(source)
						.map(({ messageText, code }) => `TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`)
				: [];
		});
	}

	#host(texts: ReadonlyMap<string, string>, resolver: Resolver, absent: ReadonlySet<string>): ts.CompilerHost {
		const text = (path: string): string | undefined => {
			if (path === join(VIRTUAL, "models.d.ts")) return ANY_MODEL;
			if (path.startsWith(`${VIRTUAL}/`)) return STUBS.get(path.slice(VIRTUAL.length));
			const file = relative(this.root, path);
			return texts.get(file) ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
		};
		return {
			getSourceFile: (path) => {
				const isTouched = texts.has(relative(this.root, path));
				const known = isTouched ? undefined : this.#parsed.get(path);
				if (known) return known;
				const read = text(path);
				if (read === undefined) return undefined;
				const source = ts.createSourceFile(path, read, ts.ScriptTarget.Latest, true);
				if (!isTouched) this.#parsed.set(path, source);
				return source;
			},
			resolveModuleNameLiterals: (literals, from) =>
				literals.map(({ text: specifier }) => ({ resolvedModule: this.#resolve(from, specifier, resolver, absent) })),
			getDefaultLibFileName: (options) => join(libFolder, ts.getDefaultLibFileName(options)),
			getDefaultLibLocation: () => libFolder,
			writeFile: () => undefined,
			getCurrentDirectory: () => this.root,
			getCanonicalFileName: (name) => name,
			useCaseSensitiveFileNames: () => true,
			getNewLine: () => "\n",
			fileExists: (path) => text(path) !== undefined,
			readFile: text,
		};
	}

	#resolve(from: string, specifier: string, resolver: Resolver, absent: ReadonlySet<string>): ts.ResolvedModuleFull | undefined {
		const at = (resolvedFileName: string): ts.ResolvedModuleFull => ({
			resolvedFileName,
			extension: extensionOf(resolvedFileName),
			isExternalLibraryImport: false,
		});
		const stub = stubOf(specifier);
		if (stub) return at(join(VIRTUAL, stub));
		const file = relative(this.root, from);
		if (from.startsWith(VIRTUAL) || file.startsWith("..")) return undefined;
		const resolution = resolver.resolve(file, specifier);
		if (resolution.kind === "file") return at(join(this.root, resolution.path));
		return this.#isGenerated(file, specifier, absent) ? at(join(VIRTUAL, CLIENT_STUB)) : undefined;
	}

	#optionsFor(file: string): ts.CompilerOptions {
		const config = ts.findConfigFile(dirname(join(this.root, file)), ts.sys.fileExists);
		const read = config?.startsWith(this.root) ? ts.readConfigFile(config, ts.sys.readFile) : null;
		const own = read?.config
			? ts.parseJsonConfigFileContent({ ...read.config, files: [] }, ts.sys, dirname(config ?? "")).options
			: { strict: true };
		return {
			...own,
			target: ts.ScriptTarget.ESNext,
			module: ts.ModuleKind.ESNext,
			moduleResolution: ts.ModuleResolutionKind.Bundler,
			lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
			jsx: ts.JsxEmit.Preserve,
			types: ["node"],
			typeRoots: [join(projectRoot, "node_modules", "@types")],
			noEmit: true,
			skipLibCheck: true,
			composite: false,
			incremental: false,
		};
	}

	#read(file: string): string | undefined {
		const path = join(this.root, file);
		return existsSync(path) ? readFileSync(path, "utf8") : undefined;
	}
}

/** The compiler's own libraries come with the package of the platform. */
const libFolder = join(projectRoot, "node_modules", "@typescript", `typescript-${process.platform}-${process.arch}`, "lib");

function stubOf(specifier: string): string | undefined {
	return [`/node_modules/${specifier}/index.d.ts`, `/node_modules/${specifier}.d.ts`].find((path) => STUBS.has(path));
}

function targetOf(file: string, specifier: string): string {
	return posix.join(posix.dirname(file), specifier);
}

function extensionOf(path: string): ts.Extension {
	const known = [
		ts.Extension.Dts,
		ts.Extension.Tsx,
		ts.Extension.Ts,
		ts.Extension.Mts,
		ts.Extension.Cts,
		ts.Extension.Jsx,
		ts.Extension.Js,
		ts.Extension.Mjs,
		ts.Extension.Cjs,
	];
	return known.find((extension) => path.endsWith(extension)) ?? ts.Extension.Ts;
}

function syntaxErrors(file: string, text: string): number {
	const { diagnostics } = ts.transpileModule(text, {
		fileName: file,
		reportDiagnostics: true,
		compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve },
	});
	return diagnostics?.length ?? 0;
}

function specifiersIn(file: string, text: string): string[] {
	return ts.preProcessFile(text, true, /\.[mc]?jsx?$/.test(file)).importedFiles.map(({ fileName }) => fileName);
}

/** Those of `errors` that were not there before, each as often as it is new: what only moved to another file is none. */
export function without(errors: readonly string[], before: readonly string[]): string[] {
	const left = [...before];
	return errors.filter((error) => {
		const at = left.indexOf(error);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}
