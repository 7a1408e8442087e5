import { ts } from "ts-morph";

/** Parses a source text; never throws on bad syntax. JSDoc is not parsed and parents are not set: facts need neither. */
export function parse(path: string, text: string): ts.SourceFile {
	const options: ts.CreateSourceFileOptions = {
		languageVersion: ts.ScriptTarget.Latest,
		jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
	};
	return ts.createSourceFile(path, text, options, false, scriptKind(path));
}

function scriptKind(path: string): ts.ScriptKind {
	if (path.endsWith(".tsx")) return ts.ScriptKind.TSX;
	if (/\.[mc]?ts$/.test(path)) return ts.ScriptKind.TS;
	// Plain JavaScript may hold JSX whatever its extension says.
	return ts.ScriptKind.JSX;
}

/** `parseDiagnostics` is what the parser itself found; the compiler keeps it on the node but not in its public types. */
export function countSyntaxErrors(source: ts.SourceFile): number {
	return "parseDiagnostics" in source && Array.isArray(source.parseDiagnostics) ? source.parseDiagnostics.length : 0;
}
