import { ts } from "ts-morph";
import type { ClientPlace } from "./client-place.js";
import { isAtLoad, visit } from "./nodes.js";
import { Source } from "./source.js";
import { specifierOf } from "./specifiers.js";
import { type FixWorkspace, Refusal, type UseSingletonRequest } from "./types.js";

/** `jest.mock("@prisma/client")`: whoever imports that module gets the mock, the shared client's module too. */
const FOR_ALL = /^(jest|vi|vitest|mock|td)\.(mock|doMock|unstable_mockModule|module|replace|replaceEsm)$/;
/** Puts something else under the imports of one module alone. */
const FOR_ONE = /^(proxyquire|esmock|rewiremock)\b/;

/** What stands for the replaced client from now on. */
interface Replacement {
	readonly file: string;
	readonly text: string;
	/** The module that its class comes from, as the workspace resolves it; null when that cannot be told. */
	readonly classModule: string | null;
}

/**
 * A test that mocks the class must go on to reach the file's client through the shared one.
 * @throws a `Refusal` naming the test that would not
 */
export function refuseMockedOtherwise(source: Source, place: ClientPlace, shared: Replacement, request: UseSingletonRequest): void {
	const { workspace, file } = request;
	const own = classModule(source, place, workspace);
	if (own === null) return;
	for (const [path, text] of workspace.testsOf(file)) {
		if (!/\bmock|proxyquire|esmock|sinon|\btd\b/.test(text)) continue;
		const test = new Source(path, text);
		const mocked = mocksOf(test, own, workspace);
		if (mocked === null) continue;
		if (mocked === "one") {
			throw new Refusal(
				`${path} replaces the class for ${file} alone, which would not reach the client in ${shared.file}. Let it replace that module.`,
			);
		}
		if (shared.classModule !== own)
			throw new Refusal(
				`${path} mocks the class in ${own}, which the client in ${shared.file} does not come from. Let it mock that module.`,
			);
		refuseWatched(text, path, place, shared, source);
	}
}

/** The module that a client's class is imported from. */
export function classModule(source: Source, { creation }: ClientPlace, workspace: FixWorkspace): string | null {
	let root: ts.Expression = creation.expression;
	while (ts.isPropertyAccessExpression(root)) root = root.expression;
	const declaration = ts.isIdentifier(root) ? source.declarationOf(root) : undefined;
	const specifier = declaration && specifierOf(source, declaration);
	return specifier === undefined ? null : resolved(workspace, source.path, specifier);
}

function resolved(workspace: FixWorkspace, file: string, specifier: string): string {
	return workspace.resolveImport(file, specifier) ?? specifier;
}

/** Whether a test mocks the class's module, for all who import it or for one of them. */
function mocksOf(test: Source, module: string, workspace: FixWorkspace): "all" | "one" | null {
	let found: "all" | "one" | null = null;
	visit(test.tree, (node) => {
		if (!ts.isCallExpression(node)) return;
		const callee = node.expression.getText();
		const isOfModule = (name: ts.Node): boolean => ts.isStringLiteralLike(name) && resolved(workspace, test.path, name.text) === module;
		if (FOR_ALL.test(callee) && node.arguments.some((argument) => isOfModule(moduleNamed(argument)))) found ??= "all";
		const replaced = node.arguments.flatMap((argument) => (ts.isObjectLiteralExpression(argument) ? [...argument.properties] : []));
		if (FOR_ONE.test(callee) && replaced.some(({ name }) => name && isOfModule(name))) found = "one";
		const [, name] = node.arguments;
		if (/^sinon\.(stub|replace)$|\bsandbox\.(stub|replace)$/.test(callee) && name && /^["'`]\w*PrismaClient["'`]$/.test(name.getText()))
			found = "one";
	});
	return found;
}

/** `vi.mock(import("./db"))` */
function moduleNamed(argument: ts.Expression): ts.Node {
	const [name] = ts.isCallExpression(argument) && argument.expression.kind === ts.SyntaxKind.ImportKeyword ? argument.arguments : [];
	return name ?? argument;
}

/** What a test may ask of the mocked class that is otherwise once the file makes no client of its own. */
function refuseWatched(text: string, path: string, place: ClientPlace, shared: Replacement, own: Source): void {
	const name = place.creation.expression.getText();
	const literally = name.replace(/\W/g, "\\$&");
	const uses = (pattern: string): boolean => new RegExp(`\\b${literally}\\b${pattern}`).test(text);
	if (uses("[^;\\n]*\\.mock\\.(calls|instances|results)") || new RegExp(`expect\\(\\s*${literally}\\s*\\)`).test(text))
		throw new Refusal(`${path} counts how often ${name} is made, which is once for all from now on. Change what it expects first.`);
	if (!isAtLoad(place.creation) && uses("[^;\\n]*\\.mock(Implementation|ReturnValue)"))
		throw new Refusal(
			`${path} says test by test what ${name} makes, but the shared client is made once, before that. Let it mock ${shared.file}.`,
		);
	const missing = ["$on", "$use", "$extends", "$connect"].find(
		(method) => shared.text.includes(`.${method}(`) && !own.text.includes(`.${method}(`) && !text.includes(method),
	);
	if (missing !== undefined)
		throw new Refusal(`The mock of ${name} in ${path} has no ${missing}, which ${shared.file} calls. Give it one first.`);
}
