import type { SourceMap } from "node:module";
import type { Answer, InspectorConnection } from "../inspector/connection.js";
import { loadSourceMap, mapPosition, type Position, pathOf, sourceMapUrl } from "./source-maps.js";

/** For connections that learn of scripts: each is told with its source map, which may be inline. */
export const MAX_SCRIPT_MESSAGE_BYTES = 128 * 1024 * 1024;
const MAX_SCRIPTS = 50_000;

/** The source maps of the target's scripts, over a connection whose domain `Debugger` is on. */
export class ScriptMaps {
	/** Ids of scripts by their path or URL: CommonJS has a path in stack traces, and a URL for the inspector. */
	private readonly scripts = new Map<string, string>();
	private readonly maps = new Map<string, Promise<SourceMap | null>>();

	constructor(
		private readonly connection: () => InspectorConnection | null,
		/** Whether maps may be read from this machine's disk. */
		private readonly isLocal: boolean,
	) {}

	/** Takes in what the inspector tells of a script. */
	notice(method: string, { url, scriptId }: Answer): void {
		if (method !== "Debugger.scriptParsed" || typeof url !== "string" || typeof scriptId !== "string" || url === "") return;
		if (this.scripts.size < MAX_SCRIPTS) this.scripts.set(pathOf(url), scriptId);
	}

	/** Where a place in a script comes from; null when no map says. Never rejects. */
	async sourceOf(position: Position): Promise<Position | null> {
		const map = await this.mapOf(position.file);
		return map && mapPosition(map, position);
	}

	/** Resolves when every map that was asked for is known. */
	async settled(): Promise<void> {
		await Promise.all(this.maps.values());
	}

	private mapOf(file: string): Promise<SourceMap | null> {
		const known = this.maps.get(file);
		if (known) return known;
		const map = this.findMap(file).catch(() => null);
		this.maps.set(file, map);
		return map;
	}

	/** The text comes from the target: what runs there may never have been a file. */
	private async findMap(file: string): Promise<SourceMap | null> {
		const scriptId = this.scripts.get(pathOf(file));
		const connection = this.connection();
		if (scriptId === undefined || connection === null) return null;
		const { scriptSource } = await connection.request("Debugger.getScriptSource", { scriptId });
		const url = typeof scriptSource === "string" ? sourceMapUrl(scriptSource) : null;
		return url === null ? null : loadSourceMap(file, url, this.isLocal);
	}
}
