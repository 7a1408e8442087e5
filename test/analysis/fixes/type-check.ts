import { ModuleKind, ModuleResolutionKind, Project, ScriptTarget, ts } from "ts-morph";
import type { Fixture } from "./fixture.js";
import { STUBS } from "./stubs.js";

interface Checked {
	readonly fixture: Fixture;
	readonly files: ReadonlyMap<string, string>;
}

/** Errors of the TypeScript compiler over the files of many fixtures, one program per kind of module and language. */
export function typeErrors(checked: readonly Checked[], { unused }: { readonly unused: boolean }): string[] {
	const kinds = new Set(checked.map(({ fixture }) => fixture.kind));
	return [...kinds].flatMap((kind) =>
		errorsOfKind(
			kind,
			checked.filter(({ fixture }) => fixture.kind === kind),
			unused,
		),
	);
}

function errorsOfKind(kind: Fixture["kind"], checked: readonly Checked[], unused: boolean): string[] {
	const isEsm = kind.endsWith("esm");
	const project = new Project({
		useInMemoryFileSystem: true,
		compilerOptions: {
			strict: true,
			target: ScriptTarget.ES2022,
			lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
			module: isEsm ? ModuleKind.ESNext : ModuleKind.CommonJS,
			moduleResolution: isEsm ? ModuleResolutionKind.Bundler : ModuleResolutionKind.Node10,
			ignoreDeprecations: "6.0",
			allowJs: true,
			checkJs: true,
			// Untyped JavaScript is what most people write.
			noImplicitAny: kind.startsWith("ts"),
			esModuleInterop: true,
			isolatedModules: true,
			skipLibCheck: true,
			noUnusedLocals: unused,
			types: [],
			noEmit: true,
			allowImportingTsExtensions: true,
			paths: { "@/*": ["/*"] },
		},
	});
	const fs = project.getFileSystem();
	for (const [path, text] of STUBS) fs.writeFileSync(path, text);
	for (const { fixture, files } of checked) {
		for (const [path, text] of files) {
			const full = `/${fixture.name}/${path}`;
			if (/\.[mc]?[jt]sx?$/.test(path)) project.createSourceFile(full, text.replaceAll(/(["'])@\//g, `$1@/${fixture.name}/src/`));
			else fs.writeFileSync(full, text);
		}
	}
	for (const name of ["globals", "node"]) project.createSourceFile(`/${name}.d.ts`, fs.readFileSync(`/node_modules/@stub/${name}.d.ts`));
	return project.getPreEmitDiagnostics().map((diagnostic) => {
		const file = diagnostic.getSourceFile()?.getFilePath() ?? "";
		return `${file}:${diagnostic.getLineNumber() ?? 0} ${ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, " ")}`;
	});
}
