import type { FileFacts, FunctionFact } from "../facts/index.js";

const REQUEST_NAME = /^_?(req|request)$/i;
const RESPONSE_NAME = /^_?(res|response|reply|next|h)$/i;
/** `(ctx, next)` of Koa, `(c, next)` of Hono. */
const CONTEXT_NAME = /^_?(c|ctx|context)$/;
const REQUEST_TYPE =
	/^(express\.)?(Request|NextApiRequest|NextRequest|FastifyRequest|AuthenticatedRequest|AuthRequest|IncomingMessage|VercelRequest|HttpRequest|HttpContext(Contract)?|HookContext|ParameterizedContext|RouterContext|APIContext|APIEvent|GetServerSidePropsContext|(Route\.|)(Loader|Action)(Function)?Args|DataFunctionArgs|RequestEvent|H3Event|Create(Next|Express|HTTP|FastifyContext|WSS)?ContextOptions|FetchCreateContextFnOptions)$/;
/** AWS's events, and those of bots. */
const EVENT_TYPE =
	/^(APIGatewayProxyEvent(V2)?|ALBEvent|(SQS|SNS|S3|SES|Scheduled|DynamoDBStream|KinesisStream|EventBridge|CloudWatchLogs)Event|CloudFrontRequestEvent|(ChatInput|UserContextMenu|MessageContextMenu)?CommandInteraction|ButtonInteraction|ModalSubmitInteraction)$/;
/** `(parent, args, context, info)` of a GraphQL resolver. */
const PARENT_NAME = /^_*(parent|root|obj|source)?$/;

/** Whether a function's parameters are those that frameworks call handlers with: by the convention of every Node web framework, or GraphQL's. */
export function hasHandlerSignature(facts: FileFacts, fact: FunctionFact): boolean {
	const params = fact.params.map((id) => facts.bindings[id]);
	const types = params.map((param) => param?.parameter?.type ?? "");
	if (types.some((type) => REQUEST_TYPE.test(type) || EVENT_TYPE.test(type))) return true;
	const names = params.map((param) => param?.name ?? "");
	if (CONTEXT_NAME.test(names[0] ?? "") && names[1] === "next") return true;
	if (names.some((name, index) => REQUEST_NAME.test(name) && names.slice(index + 1).some((other) => RESPONSE_NAME.test(other))))
		return true;
	return isResolver(names[0] === "resolve" ? names.slice(1) : names);
}

/** A resolver, also as graphql-middleware calls it: with the next one before its parameters. */
function isResolver([parent, args, context]: readonly string[]): boolean {
	if (parent === undefined || context === undefined || !PARENT_NAME.test(parent)) return false;
	return /^_?args$/.test(args ?? "") && (context === "" || CONTEXT_NAME.test(context));
}
