import type { MonitorOptions, Sample } from "../protocol/index.js";
import type { Reading } from "./agent/reading.js";
import type { Attachment } from "./inspector/attachment.js";
import type { Levels } from "./levels/levels.js";
import { ConnectionProbe } from "./probes/connections.js";
import { CpuProbe } from "./probes/cpu.js";
import { DatabaseEndpoints } from "./probes/database-endpoints.js";
import { EventLoopProbe } from "./probes/event-loop.js";
import { heapSample } from "./probes/heap.js";
import { KernelSockets } from "./probes/kernel-sockets.js";
import { memorySample } from "./probes/memory.js";

const SILENT_AFTER_MS = 3_000;
const MAX_FAILURES = 3;

export interface SamplerListener {
	sample(sample: Sample): void;
	/** The target has not answered a question asked at `since`; called again every few seconds until it does. */
	silent(since: number): void;
	/** Three readings in a row failed although the connection stands. */
	failed(error: unknown): void;
}

/** Takes one sample per interval, the first at once. Never asks again before the last answer has come. */
export class Sampler {
	private readonly cpu = new CpuProbe();
	private readonly eventLoop = new EventLoopProbe();
	private timer: NodeJS.Timeout | null = null;
	private alarm: NodeJS.Timeout | null = null;
	private failures = 0;
	private stopped = false;

	static async create(attachment: Attachment, levels: Levels, options: MonitorOptions, listener: SamplerListener): Promise<Sampler> {
		const databases = await DatabaseEndpoints.from(options.databaseEndpoints);
		const { process: here, target } = attachment;
		// The kernel tells the sockets of a process, not of one of its threads.
		const isCounted = here !== null && target.worker === undefined && process.platform === "linux";
		const kernel = isCounted ? new KernelSockets(target.pid) : null;
		return new Sampler(attachment, levels, options.intervalMs, new ConnectionProbe(databases, kernel), listener);
	}

	private constructor(
		private readonly attachment: Attachment,
		private readonly levels: Levels,
		private readonly intervalMs: number,
		private readonly connections: ConnectionProbe,
		private readonly listener: SamplerListener,
	) {}

	start(): void {
		void this.take(performance.now());
	}

	stop(): void {
		this.stopped = true;
		if (this.timer) clearTimeout(this.timer);
		if (this.alarm) clearInterval(this.alarm);
	}

	/** Samples missed while the target was silent are not caught up on. */
	private schedule(due: number): void {
		if (this.stopped) return;
		const late = performance.now() - due;
		const next = late <= 0 ? due : due + Math.ceil(late / this.intervalMs) * this.intervalMs;
		this.timer = setTimeout(() => void this.take(next), Math.max(0, next - performance.now()));
	}

	private async take(due: number): Promise<void> {
		const askedAt = Date.now();
		this.alarm = setInterval(() => this.listener.silent(askedAt), SILENT_AFTER_MS);
		try {
			const reading = await this.attachment.read();
			const sample = await this.sampleOf(reading);
			if (!this.stopped) this.listener.sample(sample);
			this.failures = 0;
		} catch (error) {
			this.failures++;
			if (!this.stopped && this.failures >= MAX_FAILURES) this.listener.failed(error);
		} finally {
			clearInterval(this.alarm);
		}
		this.schedule(due + this.intervalMs);
	}

	private async sampleOf(reading: Reading): Promise<Sample> {
		const t = Date.now();
		const connections = this.connections.next(reading.sockets);
		const { worker } = this.attachment.target;
		return {
			t,
			pid: reading.pid,
			...(worker === undefined ? {} : { worker: worker.id }),
			memory: memorySample(reading.memory),
			cpu: this.cpu.next(reading),
			heap: heapSample(reading),
			eventLoop: this.eventLoop.next(reading),
			resources: reading.resources,
			...(await this.levels.fields(reading, connections, this.connections.ports)),
		};
	}
}
