/** What the small servers of the tests have in common; each runs with a copy of this file beside it. */
const { createServer } = require("node:http");

/** Answers each path with what its route yields, as JSON, and says on which port. */
exports.serveRoutes = (routes) => {
	createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url, "http://app");
		try {
			response.end(JSON.stringify((await routes[pathname](Object.fromEntries(searchParams))) ?? null));
		} catch (error) {
			response.statusCode = 500;
			response.end(String(error));
		}
	}).listen(0, "127.0.0.1", function () {
		console.log(`listening on ${this.address().port}`);
	});
};
