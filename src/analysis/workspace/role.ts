import { posix } from "node:path";
import type { FileRole } from "./types.js";

/** What a role rests on beside the path itself. */
export interface RoleHints {
	/** Whether a file is below a generator's output. */
	isGenerated(file: string): boolean;
	has(file: string): boolean;
	/** Files that `package.json` scripts run, and what for. */
	readonly commanded: ReadonlyMap<string, FileRole>;
	/** Folder of the nearest `package.json`. */
	packageDirOf(file: string): string;
	/** Folders of tests whose name alone would not tell, as `testFolderOf` finds them. */
	readonly testFolders: ReadonlySet<string>;
}

/** Below these folders the names of folders and files are URLs (`app/api/seed/route.ts`), not roles. */
const ROUTE_ROOT = /^(?:(?:.*\/)?(?:src|app|server|api))?\/?(?:app|pages|routes|api)$/;

/** Below `app` only files of these names are routes; the rest is what they use, or the whole of a program. */
const APP_ROUTE_STEM = /^(page|route|layout|template|loading|error|global-error|not-found|default|actions?)$/;

const TEST_SEGMENT =
	/^(tests?|__tests?__|__mocks__|__fixtures__|specs?|e2e|cypress|playwright|fixtures|mocks|stories|\.storybook|test-?(utils?|helpers?|setup|support|data|fixtures|lib|server|env|environment|factories|mocks|kit|harness|containers?|db|database|suites?|tools|infra|cases)|testcontainers|(unit|integration|e2e|api|acceptance|smoke|load|perf|performance|functional|system|contract|regression|stress|component|end-to-end|root|manual|browser)-?(tests?|specs?)|tests-.+|e2e-.+|.+-e2e)$/;
const TEST_FILE =
	/([.](test|spec|e2e|e2e-spec|e2e-test|int-test|integration|unit|bench|cy|stories|fixture|fixtures|mock|mocks|test-d)[.])|([-_](test|tests|spec|e2e)$)|^(jest|vitest|playwright|cypress|karma|mocha|ava|wdio|test|tests)[-._]?(setup|teardown|config|globals?|environment|env|preset|utils?|helpers?|server|db|database|data|factory|factories|fixtures?|container|containers|harness|runner|client|context|lib)\b|^setup[-_.]?tests?\b|^(setup|teardown|create|reset|prepare|clean|cleanup|migrate)[-_.]tests?([-_.]|$)|^(global)?(setup|teardown)$/i;
/** What goes before `test` where a folder's name may be the same word. A part of the app (`rooms-jobs.test.ts`) tells nothing. */
const TEST_KIND_FILE =
	/[.-](integration|unit|functional|acceptance|smoke|system|contract|regression|component|performance|perf|load)[.](?:test|spec)[.][cm]?[jt]sx?$/;
const SCRIPT_SEGMENT =
	/^(scripts?|.+-scripts|scripts-.+|migrations?|data-migrations?|\.github|\.circleci|benchmarks?|bench|devtools|one-?offs?|backfills?)$/;
const SCRIPT_ROOT_SEGMENT = /^(tools?|tooling|bin|ci|dev|maintenance|ops|hack|utilities|migrate)$/;
const SEED_SEGMENT = /^(seed|seeds|seeder|seeders|seeding|prisma-seeds?)$/;
const SEED_FILE =
	/^(seeds?|seeder)$|[.-](seeds?|seeder)$|^seed(er)?[-_.](?!(services?|controllers?|routes?|router|module|handler|repository|model|schema|provider|resolver)\b)/;
const SEED_CAMEL = /^seed[A-Z](?!.*(Service|Controller|Route|Router|Module|Handler|Repository|Model|Schema|Provider|Resolver)s?$)/;
const GENERATED_SEGMENT = /^(generated|__generated__|\.prisma|codegen-output|gql-generated|prisma-generated|generated-client)$/;
const BUILD_SEGMENT =
	/^(dist|build|out|\.output|\.next|\.nuxt|\.svelte-kit|\.vercel|\.serverless|dist-.+|public|static|lib-(esm|cjs)|esm|cjs|umd)$/;
const ARCHIVE_SEGMENT =
	/^(_?archives?|_?archived|_?backups?|backup[-_].+|.+[-_](backup|bak|old|archived)|_?bak|old|_old|attic|trash|graveyard|_?unused|_?obsolete|_?deprecated)$/;
const SURE_ARCHIVE_SEGMENT = /^(_archived?|archived|_backups?|backup[-_]\d.*|.+[-_](backup|bak)|_old|_unused|_obsolete|\.bak|__archive__)$/;
const ARCHIVE_FILE =
	/([.](bak|old|backup|orig|copy|disabled|deprecated|archived)([.]|$))|([-_](bak|old|backup|orig)$)|( copy( \d+)?$)|( \(\d+\)$)/i;
const SOURCE_ROOT = /^(src|app|apps|lib|server|api|modules|features|routes|controllers|services|pages|packages)$/;
const ENTRY_NAME = /^(www|server|start|app|main|index|worker)$/;

/** A one-off at the top of a package or beside the schema: a verb first. */
const ONE_OFF =
	/^(check|fix|migrate|migration|cleanup|clean|debug|verify|validate|reset|delete|update|export|backfill|populate|dump|diagnose|inspect|remove|list|show|deploy|rotate|clear|drop|truncate|script)([-_A-Z].*)?$/;

/** These verbs also name parts of an app: `create-server`, `run-app`. */
const ONE_OFF_UNLESS_PART =
	/^(create|import|add|run|sync|query|insert)(([-_](?!(server|app|client|context|prisma|db|database|pool|handler)\b).+)|[A-Z](?!.*(Server|App|Client|Context|Prisma|Db|Database|Pool|Handler)$).*)$/;

/**
 * What a file is for, read off its path, its package's scripts and the files beside it; its text is not read.
 */
export function classify(file: string, hints: RoleHints): FileRole {
	if (hints.isGenerated(file)) return "generated";
	const segments = file.split("/");
	const name = segments.pop() ?? "";
	const stem = name.replace(/\.[cm]?[jt]sx?$/, "");
	const packageDir = hints.packageDirOf(file);
	const depth = packageDir === "" ? 0 : packageDir.split("/").length;
	const byFolder = folderRole(segments, depth, stem);
	if (byFolder.role === "generated" || /[.](generated|gen)$/.test(stem)) return "generated";
	if (byFolder.role === "build" || isCompiled(file, hints)) return "build";
	if (byFolder.role === "archive" || ARCHIVE_FILE.test(stem) || isDocumentation(file, packageDir)) return "archive";
	const commanded = hints.commanded.get(file);
	if (commanded !== undefined && byFolder.role !== "test") return commanded;
	if (byFolder.role === "test" || isTestFile(stem, segments.slice(depth), byFolder.isRoute) || isBelow(segments, hints.testFolders))
		return "test";
	if (byFolder.role === "seed" || (!byFolder.isRoute && (SEED_FILE.test(stem) || SEED_CAMEL.test(stem)))) return "seed";
	if (byFolder.role === "script") return segments.at(-1) === "bin" && ENTRY_NAME.test(stem) ? "app" : "script";
	return isOneOff(file, stem, segments, hints) ? "script" : "app";
}

/** Whether a path lies in a folder of archives, backups, documentation or tests: its schemas are nobody's. */
export function isSetAside(path: string, packageDir: string): boolean {
	const { role } = folderRole(path.split("/").slice(0, -1), 0, "");
	return role === "archive" || role === "test" || role === "build" || isDocumentation(path, packageDir);
}

/** Copies of code and schemas that explain a package; a site made of documentation is a package itself. */
function isDocumentation(path: string, packageDir: string): boolean {
	return /^(docs|documentation)\//.test(packageDir === "" ? path : path.slice(packageDir.length + 1));
}

/**
 * The folder that a test file makes one of tests: `integration` for `integration/rooms.integration.test.ts`. App code has folders
 * of such names too, so that only the tests in it tell what it is.
 */
export function testFolderOf(file: string): string | null {
	const kind = TEST_KIND_FILE.exec(file)?.[1];
	if (kind === undefined) return null;
	const segments = file.split("/").slice(0, -1);
	const index = segments.lastIndexOf(kind);
	return index < 0 ? null : segments.slice(0, index + 1).join("/");
}

function isBelow(segments: readonly string[], folders: ReadonlySet<string>): boolean {
	return folders.size > 0 && segments.some((_, index) => folders.has(segments.slice(0, index + 1).join("/")));
}

interface FolderRole {
	readonly role: FileRole;
	readonly isRoute: boolean;
}

const RANK: readonly FileRole[] = ["generated", "build", "archive", "test", "seed", "script", "app"];

function folderRole(segments: readonly string[], packageDepth: number, stem: string): FolderRole {
	let role: FileRole = "app";
	let inSources = false;
	let isRoute = false;
	segments.forEach((segment, index) => {
		// Folders above the package (`server/package.json`) say nothing about what lies in it.
		if (index === packageDepth) inSources = false;
		const own = isRoute ? privateRole(segment) : segmentRole(segment.toLowerCase(), inSources, index <= Math.max(1, packageDepth));
		if (RANK.indexOf(own) < RANK.indexOf(role)) role = own;
		if (role === "app" && ROUTE_ROOT.test(segments.slice(Math.max(0, index - 1), index + 1).join("/")))
			isRoute = isRoute || (segment === "app" ? APP_ROUTE_STEM.test(stem) : index > 0 || segment === "pages");
		if (SOURCE_ROOT.test(segment)) inSources = true;
	});
	return { role, isRoute };
}

/** Below a route root only names that cannot be part of a URL tell a role. */
function privateRole(segment: string): FileRole {
	if (/^__(tests?|mocks|fixtures)__$/.test(segment)) return "test";
	return segment === "__generated__" ? "generated" : "app";
}

function segmentRole(segment: string, inSources: boolean, nearTop: boolean): FileRole {
	if (GENERATED_SEGMENT.test(segment)) return "generated";
	if (!inSources && BUILD_SEGMENT.test(segment)) return "build";
	if (SURE_ARCHIVE_SEGMENT.test(segment) || (!inSources && ARCHIVE_SEGMENT.test(segment))) return "archive";
	if (TEST_SEGMENT.test(segment)) return "test";
	if (SEED_SEGMENT.test(segment)) return "seed";
	if (SCRIPT_SEGMENT.test(segment) || (nearTop && !inSources && SCRIPT_ROOT_SEGMENT.test(segment))) return "script";
	return "app";
}

function isTestFile(stem: string, segments: readonly string[], isRoute: boolean): boolean {
	if (/[.](test|spec|e2e|e2e-spec|bench|cy|stories)$/.test(stem)) return true;
	if (/^test[-_]/.test(stem) && !segments.some((segment) => SOURCE_ROOT.test(segment))) return true;
	return !isRoute && TEST_FILE.test(stem.includes(".") ? `${stem}.` : stem);
}

/** JavaScript beside TypeScript of the same name was compiled from it. */
function isCompiled(file: string, hints: RoleHints): boolean {
	const stem = /^(.*)\.([cm]?)jsx?$/.exec(file);
	return stem !== null && (hints.has(`${stem[1]}.${stem[2]}ts`) || hints.has(`${stem[1]}.tsx`));
}

function isOneOff(file: string, stem: string, segments: readonly string[], hints: RoleHints): boolean {
	const isTop = segments.join("/") === hints.packageDirOf(file) || segments.at(-1) === "prisma";
	return isTop && (ONE_OFF.test(stem) || ONE_OFF_UNLESS_PART.test(stem) || /[.]config$/.test(stem));
}

/** Files that a package's scripts run for a purpose that ends: `"db:seed": "tsx tools/fill.ts"`. What `start` or `dev` runs is the app. */
export function commandedFiles(dir: string, scripts: Readonly<Record<string, string>>, seed: string | null): Map<string, FileRole> {
	const roles = new Map<string, FileRole>();
	const apps = new Set<string>();
	for (const [name, command] of Object.entries(scripts)) {
		const role = purposeOf(name);
		for (const file of filesIn(command)) {
			const path = posix.join(dir, file);
			if (role === "app") apps.add(path);
			else if (role !== null) roles.set(path, role);
		}
	}
	for (const file of seed === null ? [] : filesIn(seed)) roles.set(posix.join(dir, file), "seed");
	for (const path of apps) roles.delete(path);
	return roles;
}

function purposeOf(script: string): FileRole | null {
	if (/seed/i.test(script)) return "seed";
	if (/^(start|dev|serve|server|prod|production|develop|watch)\b/i.test(script)) return "app";
	return /migrat|backfill|fix|reset|clean|import|export|check|setup|generate|create|script|verify|debug|init|\bdb\b|admin|sync/i.test(
		script,
	)
		? "script"
		: null;
}

function filesIn(command: string): string[] {
	return command.match(/(?<=^|[\s"'=])(?:\.\/)?[\w@./-]+\.[cm]?[jt]sx?(?=$|[\s"';&|])/g) ?? [];
}
