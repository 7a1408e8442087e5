/** Names under which frameworks find what runs for each request: Next's routes, Remix, SvelteKit's endpoints, tRPC, Lambda. */
const NAMES = new Set([
	"GET",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"HEAD",
	"OPTIONS",
	"loader",
	"action",
	"getServerSideProps",
	"handler",
	"createContext",
	"createTRPCContext",
	"middleware",
]);

/** Names that mean it only in files of a certain place: Next's API pages and server components, SvelteKit's pages and hooks. */
const IN_FILES: readonly (readonly [file: RegExp, name: RegExp])[] = [
	[/(^|\/)pages\/api\//, /^default$/],
	[/(^|\/)app\/(.+\/)?(page|layout|template)\.[jt]sx?$/, /^(default|generateMetadata)$/],
	[/(^|\/)\+(page|layout)(\.server)?\.[jt]s$/, /^load$/],
	[/(^|\/)hooks\.server\.[jt]s$/, /^(handle|handleFetch|handleError)$/],
];

/** Whether a file's export of that name runs for each request. */
export function isRequestExportName(file: string, name: string): boolean {
	return NAMES.has(name) || IN_FILES.some(([files, names]) => names.test(name) && files.test(file));
}

/** Whether an object of that name holds functions that run for each request: SvelteKit's form actions, GraphQL's resolvers. */
export function isRequestMapName(file: string, name: string): boolean {
	return /resolvers?$/i.test(name) || (name === "actions" && /(^|\/)\+page\.server\.[jt]s$/.test(file));
}

/** GraphQL's own types, whose fields are the requests' entry points. */
export function isRootType(name: string): boolean {
	return /^(Query|Mutation|Subscription)$/.test(name);
}
