/** Fills a small file system of its own, makes room again, and prints as JSON what became of a recording on it. Run in a mount namespace. */
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../../../src/monitor/recording/reader.js";
import { RecordingWriter } from "../../../src/monitor/recording/writer.js";
import { sampleOf } from "../samples.js";

async function main(mountPoint: string): Promise<void> {
	execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", mountPoint]);
	const filler = join(mountPoint, "filler");
	writeFileSync(filler, Buffer.alloc(96 * 1_024));
	const folder = join(mountPoint, "20260101-000000-1");
	const problems: (string | null)[] = [];
	const target = { pid: 1, title: "server.js", nodeVersion: "v20", inspector: "127.0.0.1:1", openedByUs: true };
	const writer = new RecordingWriter(folder, target, (problem) => problems.push(problem), { segmentBytes: 16_384, segments: 16 });
	let appended = 0;
	const append = async (): Promise<void> => {
		writer.append({ kind: "sample", sample: sampleOf({ t: appended++ }) });
		await writer.written();
	};
	while (problems.length === 0 && appended < 1_000) await append();
	for (let more = 0; more < 5; more++) await append();
	const told = [...problems];
	rmSync(filler);
	await append();
	await writer.close();
	const times: number[] = [];
	const entries = entriesOf(folder);
	let next = await entries.next();
	for (; !next.done; next = await entries.next()) if (next.value.kind === "sample") times.push(next.value.sample.t);
	const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
	console.log(JSON.stringify({ told, problems, appended, times, damage: next.value, bytes }));
}

void main(process.argv[2] ?? "");
