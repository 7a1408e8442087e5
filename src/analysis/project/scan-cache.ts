import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, UnreadFile } from "../../protocol/index.js";

/** Where results of scans are kept from one start to the next. Deleting the folder costs one cold scan. */
export interface CacheFolder {
	readonly dir: string;
	/** Changes with every build of the analysis, so that no build takes over what another found. */
	readonly build: string;
}

/** A source as it was when it was read; the hash is of its text. */
export interface SourceStamp {
	readonly path: string;
	readonly size: number;
	readonly mtimeMs: number;
	readonly hash: string;
}

/** What a scan found and all it rests on. No texts: sources are kept as hashes only. */
export interface StoredScan {
	/** Hash of settings, manifests, schemas, env files and installed versions. */
	readonly model: string;
	readonly sources: readonly SourceStamp[];
	/** Other files that were looked at, such as compiler configurations: hash of the text, null when there was none. */
	readonly consulted: readonly { readonly path: string; readonly hash: string | null }[];
	readonly findings: readonly Finding[];
	readonly suppressed: number;
	readonly unread: readonly UnreadFile[];
	readonly analysed: number;
}

const MAX_WORKSPACES = 32;
const MAX_BYTES = 16_000_000;

/** One workspace's file in the cache folder. What cannot be read or written is as if it were not there. */
export class ScanCache {
	readonly #path: string;

	constructor(
		private readonly folder: CacheFolder,
		root: string,
	) {
		this.#path = join(folder.dir, `${hashOf(root)}.scan`);
	}

	load(): StoredScan | null {
		try {
			const [seal, body] = split(readFileSync(this.#path, "utf8"));
			if (seal !== this.#seal(body)) return null;
			const stored: StoredScan = JSON.parse(body);
			return stored;
		} catch {
			return null;
		}
	}

	save(scan: StoredScan): void {
		const body = JSON.stringify(scan);
		if (body.length > MAX_BYTES) return;
		const draft = `${this.#path}.${process.pid}`;
		try {
			mkdirSync(this.folder.dir, { recursive: true, mode: 0o700 });
			writeFileSync(draft, `${this.#seal(body)}\n${body}`, { mode: 0o600 });
			renameSync(draft, this.#path);
			this.#prune();
		} catch {
			rmSync(draft, { force: true });
		}
	}

	/** A file that was cut short, or that another build wrote, does not bear this. */
	#seal(body: string): string {
		return hashOf(`${this.folder.build}\n${body}`);
	}

	#prune(): void {
		const files = readdirSync(this.folder.dir)
			.map((name) => join(this.folder.dir, name))
			.map((path) => ({ path, mtimeMs: statSync(path).mtimeMs }))
			.sort((a, b) => b.mtimeMs - a.mtimeMs);
		for (const { path } of files.slice(MAX_WORKSPACES)) if (path.endsWith(".scan")) rmSync(path, { force: true });
	}
}

export function hashOf(text: string): string {
	return createHash("sha1").update(text).digest("base64url");
}

function split(text: string): readonly [string, string] {
	const end = text.indexOf("\n");
	return [text.slice(0, end), text.slice(end + 1)];
}
