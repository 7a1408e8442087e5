/**
 * Facts: what one file's text says, as plain serialisable data with offsets (UTF-16). A pure function of the text, so they are
 * cached by content hash; nothing here knows other files. Expressions refer to functions, classes, bindings, calls and news by index.
 */

import type { Suppression } from "../suppressions/directives.js";

export interface Span {
	readonly start: number;
	readonly end: number;
}

export type FunctionId = number;
export type ClassId = number;
export type BindingId = number;
export type CallId = number;
export type NewId = number;

/** An expression, lowered to what the analysis follows. `await x`, `(x)`, `x as T`, `x!` and `x satisfies T` are `x`. */
export type Expr =
	| { readonly k: "binding"; readonly id: BindingId }
	/** A name nothing in the file declares: `globalThis`, `process`, `fetch`. */
	| { readonly k: "global"; readonly name: string }
	| { readonly k: "this" }
	| { readonly k: "super" }
	/** `of.name`, `of["name"]`; name is null when computed, and `index` is what it is computed from. */
	| { readonly k: "member"; readonly of: Expr; readonly name: string | null; readonly index?: Expr }
	| { readonly k: "call"; readonly id: CallId }
	| { readonly k: "new"; readonly id: NewId }
	| { readonly k: "function"; readonly id: FunctionId }
	| { readonly k: "class"; readonly id: ClassId }
	| { readonly k: "object"; readonly span: Span; readonly entries: readonly ObjectEntry[]; readonly spreads: readonly Expr[] }
	/** What is spread into it is unknown among the items. */
	| { readonly k: "array"; readonly items: readonly Expr[]; readonly spreads?: readonly Expr[] }
	/** One of several: `a ?? b`, `a || b`, `a && b`, `c ? a : b`. */
	| { readonly k: "either"; readonly op: "??" | "||" | "&&" | "?:"; readonly items: readonly Expr[] }
	| { readonly k: "assign"; readonly op: AssignOp; readonly target: Expr; readonly value: Expr }
	| { readonly k: "not"; readonly of: Expr }
	| { readonly k: "literal"; readonly value: string | number | boolean | null; readonly span: Span }
	/** A template string: texts and values in turn, texts first and last. */
	| { readonly k: "template"; readonly texts: readonly string[]; readonly values: readonly Expr[]; readonly span: Span }
	| { readonly k: "binary"; readonly op: string; readonly left: Expr; readonly right: Expr; readonly span: Span }
	/** `require("x")`, which yields what the module assigns to `module.exports`, or `import("x")`, which yields its namespace. */
	| { readonly k: "module"; readonly specifier: string; readonly form: "require" | "import" }
	| { readonly k: "unknown" };

export type AssignOp = "=" | "??=" | "||=" | "&&=" | "+=";

export interface ObjectEntry {
	readonly key: string;
	readonly keySpan: Span;
	readonly value: Expr;
	readonly valueSpan: Span;
}

export interface ImportFact {
	readonly specifier: string;
	readonly span: Span;
	readonly typeOnly: boolean;
}

/** How a name came to be; `init` is what it stands for. */
export type BindingKind = "import" | "const" | "let" | "var" | "function" | "class" | "parameter" | "catch";

export interface Binding {
	readonly kind: BindingKind;
	readonly name: string;
	readonly span: Span;
	/** The function whose body declares it; 0 is the module's top level. */
	readonly owner: FunctionId;
	/** What it is declared as (a destructured name is the member of what is taken apart); null when unknown. */
	readonly init: Expr | null;
	/** `using` and `await using`: disposed of at the end of its block. */
	readonly disposed?: true;
	/** Imports: the name in the module, "default" or "*". */
	readonly imported?: { readonly specifier: string; readonly name: string };
	/** Parameters: their position, and whether a TypeScript type or default names a class (`prisma: PrismaService`). */
	readonly parameter?: { readonly index: number; readonly type: string | null };
}

/** `export { local as name }`, `export default`, `module.exports.name =`; `from` for re-exports, name "*" for `export *`. */
export interface ExportFact {
	readonly name: string;
	readonly value: Expr | null;
	readonly from?: { readonly specifier: string; readonly name: string };
	readonly span: Span;
}

export type FunctionKind = "module" | "function" | "arrow" | "method" | "constructor" | "getter" | "setter" | "static-block" | "field";

export interface FunctionFact {
	readonly kind: FunctionKind;
	readonly name: string | null;
	readonly span: Span;
	/** Enclosing function; null for the module (index 0). */
	readonly parent: FunctionId | null;
	readonly classId: ClassId | null;
	readonly isStatic: boolean;
	readonly isAsync: boolean;
	readonly params: readonly BindingId[];
	/** Values it can return, an arrow's expression among them. */
	readonly returns: readonly Expr[];
	/** Where the function value goes: an argument (`app.get("/x", handler)`), a property, a variable. */
	readonly sink: Sink;
	readonly decorators: readonly string[];
	/** First statement directive of the body: "use server". */
	readonly directive: string | null;
}

export interface FieldFact {
	readonly name: string;
	readonly span: Span;
	readonly isStatic: boolean;
	readonly init: Expr | null;
	/** Declared type's name, if it is a plain reference. */
	readonly type: string | null;
}

export interface ClassFact {
	readonly name: string | null;
	readonly span: Span;
	readonly owner: FunctionId;
	readonly superClass: Expr | null;
	readonly fields: readonly FieldFact[];
	/** Methods, accessors and the constructor, by name ("constructor"). */
	readonly methods: readonly { readonly name: string; readonly function: FunctionId; readonly isStatic: boolean }[];
	/** The pseudo-functions that hold instance and static field initialisers; null when the class has none. */
	readonly instanceInit: FunctionId | null;
	readonly staticInit: FunctionId | null;
	readonly decorators: readonly string[];
}

/**
 * What stands between a place and its function's body, innermost first: the conditions it runs under and where its value goes.
 */
export type ContextStep =
	/** In a branch of `if`, `?:`, `switch`, or right of `&&`, `||`, `??`: the condition, and which branch. */
	| {
			readonly k: "branch";
			readonly condition: Expr;
			readonly negated: boolean;
			readonly span: Span;
			readonly op: "if" | "?:" | "switch" | "&&" | "||" | "??";
	  }
	| { readonly k: "loop"; readonly span: Span }
	| { readonly k: "try"; readonly part: "try" | "catch" | "finally"; readonly span: Span };

/** Where an expression's value goes. */
export type Sink =
	| { readonly k: "variable"; readonly binding: BindingId }
	/** A destructuring or pattern: several names. */
	| { readonly k: "pattern"; readonly bindings: readonly BindingId[] }
	| { readonly k: "assign"; readonly op: AssignOp; readonly target: Expr }
	| { readonly k: "field"; readonly classId: ClassId; readonly name: string; readonly isStatic: boolean }
	| { readonly k: "argument"; readonly call: CallId; readonly index: number }
	| { readonly k: "construct-argument"; readonly new: NewId; readonly index: number }
	| { readonly k: "default"; readonly binding: BindingId }
	| { readonly k: "property"; readonly key: string; readonly outer: Sink }
	| { readonly k: "element"; readonly outer: Sink }
	| { readonly k: "return" }
	| { readonly k: "export"; readonly name: string }
	/** `.then(…)`, `.$extends(…)` on it: the member that is taken. */
	| { readonly k: "receiver"; readonly member: string | null; readonly outer: Sink }
	| { readonly k: "discarded" }
	| { readonly k: "other" };

interface Site {
	readonly span: Span;
	readonly calleeSpan: Span;
	readonly callee: Expr;
	readonly args: readonly Expr[];
	readonly argSpans: readonly Span[];
	/** The function whose body it stands in; 0 is the module. */
	readonly function: FunctionId;
	readonly context: readonly ContextStep[];
	readonly sink: Sink;
	readonly awaited: boolean;
}

export type NewFact = Site;
/** A call, or a tagged template with its values as arguments. */
export type CallFact = Site;

/** `x = value` that is a statement of its own (or a declaration without a binding); targets that are members or outer names. */
export interface AssignmentFact {
	readonly target: Expr;
	readonly op: AssignOp;
	readonly value: Expr;
	readonly span: Span;
	readonly function: FunctionId;
	readonly context: readonly ContextStep[];
}

export interface FileFacts {
	readonly path: string;
	/** Offsets at which lines start. */
	readonly lineStarts: readonly number[];
	readonly imports: readonly ImportFact[];
	readonly exports: readonly ExportFact[];
	readonly bindings: readonly Binding[];
	/** Index 0 is the module's top level. */
	readonly functions: readonly FunctionFact[];
	readonly classes: readonly ClassFact[];
	readonly news: readonly NewFact[];
	readonly calls: readonly CallFact[];
	readonly assignments: readonly AssignmentFact[];
	/** Names awaited by themselves (`const sent = send(); await sent`). */
	readonly awaitedBindings: readonly BindingId[];
	/** Comments that silence rules, in the file's order. */
	readonly suppressions: readonly Suppression[];
	/** Syntax errors; the facts of what could be read are still there. */
	readonly syntaxErrors: number;
	readonly usesEsm: boolean;
	/** First directive of the file: "use client", "use server". */
	readonly directive: string | null;
}
