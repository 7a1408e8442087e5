/** What a call into a package waits for, in words that fit "waits for …". */
export type WaitsFor = string;

const HTTP = "an HTTP request";
const PAYMENT = "a payment service";
const MAIL = "mail delivery";
const STORAGE = "remote storage";
const CLOUD = "a cloud service";
const QUEUE = "a queue or broker";
const CACHE = "a cache";
const AI = "an AI model";
const MESSAGING = "a messaging service";
const CHAIN = "a blockchain node";
const SEARCH = "a search service";
const DATABASE = "another database connection";
const BROWSER = "a browser";
const PROCESS = "a child process";
const REMOTE = "a remote service";
const TIMER = "a timer";
const FILE = "file I/O";

/** Packages whose promises wait for the network, a disk, another process or the clock. A name that ends in / is a scope. */
const PACKAGES: Readonly<Record<WaitsFor, readonly string[]>> = {
	[HTTP]: (
		"axios node-fetch got undici ky superagent request request-promise request-promise-native needle cross-fetch isomorphic-fetch " +
		"ofetch wretch phin bent node-fetch-native make-fetch-happen fetch-retry axios-retry @nestjs/axios http https"
	).split(" "),
	[PAYMENT]: (
		"stripe omise razorpay braintree square mercadopago paystack paystack-api flutterwave-node-v3 midtrans-client xendit-node " +
		"iyzipay authorizenet coinbase-commerce-node gocardless-nodejs chargebee plaid dwolla-v2 adyen-api-library payjp recurly " +
		"@paypal/ @adyen/ @mollie/ @paddle/ @lemonsqueezy/ @polar-sh/ @square/ @wise/ @dodopayments/ dodopayments @tosspayments/ @chargily/"
	).split(" "),
	[MAIL]: (
		"nodemailer resend postmark mailgun.js mailgun-js mailersend node-mailjet sib-api-v3-sdk loops sparkpost emailjs imapflow imap " +
		"@sendgrid/ @getbrevo/ @mailchimp/ @nestjs-modules/mailer @emailjs/ @plunk/ email-templates"
	).split(" "),
	[STORAGE]: (
		"minio cloudinary imagekit uploadthing backblaze-b2 multer-s3 ssh2-sftp-client basic-ftp ftp @vercel/blob @google-cloud/storage " +
		"@azure/storage-blob @supabase/storage-js dropbox @imagekit/ @uploadthing/"
	).split(" "),
	[CLOUD]:
		"@aws-sdk/ aws-sdk @azure/ @google-cloud/ firebase-admin firebase @firebase/ @supabase/ googleapis @googleapis/ @alicloud/ @oci/".split(
			" ",
		),
	[QUEUE]: (
		"bull bullmq bee-queue amqplib amqp-connection-manager kafkajs node-rdkafka nats mqtt agenda pg-boss graphile-worker inngest " +
		"sqs-consumer sqs-producer rhea stompit zeebe-node faktory-worker @nestjs/bull @nestjs/bullmq @nestjs/microservices @temporalio/ " +
		"@upstash/qstash @upstash/workflow @trigger.dev/ @confluentinc/ @google-cloud/pubsub @google-cloud/tasks @hatchet-dev/"
	).split(" "),
	[CACHE]: (
		"ioredis redis memcached memjs keyv cache-manager node-cache-redis @redis/ @upstash/redis @upstash/ratelimit @upstash/kv @vercel/kv " +
		"@vercel/edge-config @nestjs/cache-manager @keyv/ redlock @valkey/ iovalkey rate-limiter-flexible"
	).split(" "),
	[AI]: (
		"openai ai cohere-ai replicate groq-sdk together-ai ollama langchain @anthropic-ai/ @google/generative-ai @google/genai @langchain/ " +
		"@mistralai/ @ai-sdk/ @huggingface/ @fal-ai/ @aws-sdk/client-bedrock-runtime @elevenlabs/ elevenlabs assemblyai @deepgram/"
	).split(" "),
	[MESSAGING]: (
		"twilio discord.js telegraf grammy node-telegram-bot-api whatsapp-web.js web-push expo-server-sdk onesignal-node pusher ably vonage " +
		"messagebird plivo africastalking node-pushnotifications apn @slack/ @vonage/ @novu/ @knocklabs/ @parse/node-apn @line/ livekit-server-sdk " +
		"@discordjs/rest novu"
	).split(" "),
	[CHAIN]: (
		"ethers viem web3 wagmi tronweb near-api-js starknet xrpl algosdk bitcoin-core permissionless @solana/ @coral-xyz/ @polkadot/ @ton/ " +
		"@mysten/ @aptos-labs/ @cosmjs/ @wagmi/ thirdweb @thirdweb-dev/ @coinbase/ @hashgraph/ @stellar/ stellar-sdk @ethersproject/ @safe-global/"
	).split(" "),
	[SEARCH]: "algoliasearch meilisearch typesense @elastic/ @opensearch-project/ @pinecone-database/ @qdrant/ weaviate-ts-client".split(" "),
	[DATABASE]:
		"pg mysql mysql2 mongodb mongoose mssql oracledb cassandra-driver neo4j-driver @clickhouse/ influx @influxdata/ snowflake-sdk".split(
			" ",
		),
	[BROWSER]: "puppeteer puppeteer-core playwright playwright-core @playwright/test".split(" "),
	[PROCESS]: "child_process execa zx shelljs cross-spawn tinyexec ssh2 node-ssh simple-git dockerode @kubernetes/".split(" "),
	[TIMER]: "timers/promises delay sleep-promise p-min-delay".split(" "),
	[FILE]: "fs/promises fs-extra graceful-fs jsonfile unzipper archiver exceljs".split(" "),
	[REMOTE]: (
		"octokit jsforce intercom-client posthog-node airtable auth0 ldapjs ldapts node-zendesk docusign-esign easypost shippo " +
		"@octokit/ @hubspot/ @notionhq/ @linear/ @clerk/ @workos-inc/ @googlemaps/ @dropbox/ @shopify/ @contentful/ contentful-management @sanity/ " +
		"google-auth-library openid-client soap @grpc/ @connectrpc/ graphql-request @apollo/client @urql/ snoowrap twitter-api-v2 " +
		"@customerio/ customerio-node @segment/ launchdarkly-node-server-sdk @vercel/sdk cloudflare"
	).split(" "),
};

const BY_NAME: ReadonlyMap<string, WaitsFor> = new Map(
	Object.entries(PACKAGES).flatMap(([waitsFor, names]) => names.map((name) => [name, waitsFor] as const)),
);

/** What promises of a package wait for; null when it is not one that is known to wait. */
export function serviceOf(name: string, subpath: string, path: readonly string[]): WaitsFor | null {
	const [scope] = name.split("/");
	// `fs.promises.readFile` and `import { promises } from "fs"` are `fs/promises`.
	const inner = subpath || (path[0] === "promises" ? "promises" : "");
	return (
		(inner ? BY_NAME.get(`${name}/${inner}`) : undefined) ??
		BY_NAME.get(name) ??
		(name.startsWith("@") ? BY_NAME.get(`${scope}/`) : undefined) ??
		null
	);
}

export { HTTP, MAIL, PROCESS, REMOTE, TIMER };
