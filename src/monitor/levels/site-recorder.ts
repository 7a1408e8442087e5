import type { CreationSite } from "../../protocol/index.js";
import { INVENTORY_PART, isClassCount } from "../agent/inventory.js";
import { partExpression } from "../agent/lease.js";
import { type RawSite, RECORD_SITE, startSites } from "../agent/sites.js";
import type { Attachment } from "../inspector/attachment.js";
import type { Answer, InspectorConnection } from "../inspector/connection.js";
import { RemoteObjects } from "../inspector/remote-objects.js";
import { MAX_SCRIPT_MESSAGE_BYTES, ScriptMaps } from "./script-maps.js";
import { pathOf } from "./source-maps.js";

/**
 * Records where clients are created, by breakpoints in their constructors that never hold. They belong to a connection of
 * their own: when it ends, however that happens, V8's debugger is off again.
 */
export class SiteRecorder {
	private connection: InspectorConnection | null = null;
	private readonly maps: ScriptMaps;
	private readonly mapped = new Map<string, Pick<CreationSite, "file" | "line" | "column" | "mapped">>();

	constructor(private readonly attachment: Attachment) {
		this.maps = new ScriptMaps(() => this.connection, attachment.process !== null);
	}

	/** The inventory has to be taken before. Rejects when no class of clients is loaded. */
	async start(): Promise<void> {
		await this.attachment.evaluate(startSites(this.attachment.holder));
		const connection = await this.attachment.connectAgain({
			maxMessageBytes: MAX_SCRIPT_MESSAGE_BYTES,
			receive: (method, params) => this.notice(method, params),
		});
		this.connection = connection;
		try {
			await connection.request("Debugger.enable", { maxScriptsCacheSize: 0 });
			// A `debugger` statement in the program must not stop it.
			await connection.request("Debugger.setSkipAllPauses", { skip: true });
			if ((await this.setBreakpoints(connection)) === 0) throw new Error("no PrismaClient class is loaded yet");
		} catch (error) {
			this.stop();
			throw error;
		}
	}

	/** Looks up the sources of the sites that came last. Nothing is recorded any more when it resolves. */
	async finish(): Promise<void> {
		const { sites } = await this.attachment.read();
		this.sites(sites ?? []);
		await this.maps.settled();
		await this.connection?.request("Debugger.disable");
	}

	stop(): void {
		this.connection?.close();
		this.connection = null;
	}

	/** What was recorded, mapped to sources as far as they are known by now. */
	sites(raw: readonly RawSite[]): readonly CreationSite[] {
		return raw
			.map(({ file, line, column, ...counts }) => ({ ...counts, ...this.place({ file, line, column }) }))
			.sort((a, b) => b.created - a.created);
	}

	private async setBreakpoints(connection: InspectorConnection): Promise<number> {
		const objects = new RemoteObjects(connection, "prisma-leak-lens.sites");
		const inventory = await objects.evaluate(partExpression(INVENTORY_PART));
		const classes = await objects.call(inventory, "function () { return this.addClasses([]); }");
		if (!isClassCount(classes)) throw new Error("the answer is no number of classes");
		let set = 0;
		for (let index = 0; index < classes; index++) {
			const found = await objects.callForObject(inventory, "function (index) { return this.clientClass(index); }", index).catch(() => null);
			if (found === null) continue;
			await connection.request("Debugger.setBreakpointOnFunctionCall", { objectId: found.objectId, condition: RECORD_SITE });
			set++;
		}
		return set;
	}

	private notice(method: string, params: Answer): void {
		// A breakpoint that holds all the same.
		if (method === "Debugger.paused") void this.connection?.request("Debugger.resume").catch(() => null);
		this.maps.notice(method, params);
	}

	private place(raw: Pick<RawSite, "file" | "line" | "column">): Pick<CreationSite, "file" | "line" | "column" | "mapped"> {
		const key = `${raw.file}:${raw.line}:${raw.column}`;
		const known = this.mapped.get(key);
		if (known) return known;
		const unmapped = { ...raw, file: pathOf(raw.file), mapped: false };
		this.mapped.set(key, unmapped);
		void this.maps.sourceOf(raw).then((position) => {
			if (position) this.mapped.set(key, { ...position, mapped: true });
		});
		return unmapped;
	}
}
