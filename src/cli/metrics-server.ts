import { once } from "node:events";
import { createServer } from "node:http";

export interface MetricsServer {
	readonly url: string;
	close(): void;
}

/** Serves `text()` at /metrics on the loopback, at a free port for 0. Rejects when the port is taken. */
export async function serveMetrics(port: number, text: () => string): Promise<MetricsServer> {
	const server = createServer((request, response) => {
		if (request.url !== "/metrics") {
			response.writeHead(404).end("Metrics are at /metrics.\n");
			return;
		}
		response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text());
	});
	server.listen(port, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const listening = address !== null && typeof address === "object" ? address.port : port;
	return {
		url: `http://127.0.0.1:${listening}/metrics`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
