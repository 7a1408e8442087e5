import type { Framework } from "./types.js";

const BY_DEPENDENCY: readonly (readonly [RegExp, Framework])[] = [
	[/^express$/, "express"],
	[/^fastify$/, "fastify"],
	[/^koa$/, "koa"],
	[/^@hapi\/hapi$/, "hapi"],
	[/^hono$|^@hono\//, "hono"],
	[/^@nestjs\/core$/, "nest"],
	[/^next$/, "next"],
	[/^@remix-run\/(node|react|server-runtime|serve|dev)$|^@react-router\/(node|dev|serve)$/, "remix"],
	[/^@sveltejs\/kit$/, "sveltekit"],
	[/^(nuxt|nuxt3|nitropack|nitro|h3)$/, "nuxt"],
	[/^astro$/, "astro"],
	[/^@solidjs\/start$|^solid-start$/, "solidstart"],
	[/^@trpc\/server$/, "trpc"],
	[/^(graphql|graphql-yoga|@apollo\/server|apollo-server(-.+)?|mercurius|@pothos\/core|nexus|type-graphql)$/, "graphql"],
	[/^(@types\/aws-lambda|aws-lambda|@middy\/core|serverless|aws-cdk-lib|sst|@aws-lambda-powertools\/.+)$/, "lambda"],
	[/^(wrangler|@cloudflare\/workers-types|@cloudflare\/vite-plugin)$/, "workers"],
	[/^socket\.io$/, "socket.io"],
	[/^(bullmq|bull|bee-queue|agenda|node-cron|cron|inngest|pg-boss|graphile-worker|amqplib|kafkajs|@trigger\.dev\/sdk)$/, "queue"],
	[/^@azure\/functions$/, "azure-functions"],
];

const BY_FILE: Readonly<Record<string, Framework>> = {
	"wrangler.toml": "workers",
	"wrangler.json": "workers",
	"wrangler.jsonc": "workers",
	"serverless.yml": "lambda",
	"serverless.yaml": "lambda",
	"host.json": "azure-functions",
};

/** Frameworks of a package, by what it declares and by the files beside its `package.json`. */
export function frameworksOf(dependencies: Readonly<Record<string, string>>, files: readonly string[]): ReadonlySet<Framework> {
	const found = new Set<Framework>();
	for (const name of Object.keys(dependencies)) {
		for (const [pattern, framework] of BY_DEPENDENCY) if (pattern.test(name)) found.add(framework);
	}
	for (const file of files) {
		const framework = BY_FILE[file];
		if (framework !== undefined) found.add(framework);
	}
	return found;
}
