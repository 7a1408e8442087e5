import { createProcessLister, Judge, MonitorSession, PrometheusExporter } from "../monitor/index.js";
import {
	type AttachTarget,
	openDatabaseConnections,
	type Sample,
	type SessionState,
	type TargetInfo,
	type WorkerInfo,
} from "../protocol/index.js";
import { exitCode } from "./exit-code.js";
import type { Command } from "./monitor-command.js";
import { describeState, threadName } from "./monitor-table.js";
import { withResolvers } from "./with-resolvers.js";

/** Endpoints that may be databases are named so far. */
const MOST_NAMED = 3;

export interface ProcessListener {
	/** Something besides the samples. */
	say(text: string): void;
	sample(sample: Sample, judge: Judge): void;
	/** An alert that `say` has told. */
	alert(): void;
	/** It is not watched any more. */
	over(target: TargetInfo): void;
}

/** One process, or one of its threads, that the command line watches, from attaching to its end. */
export class WatchedProcess {
	private readonly judge: Judge;
	private readonly exporter = new PrometheusExporter();
	private readonly session: MonitorSession;
	private readonly end = withResolvers<number>();
	private isLive = false;
	private isOver = false;
	/** Whether a database is known, or it was said that none is. */
	private knowsDatabase = false;
	/** The exit code it asks for, once it is not watched any more. */
	readonly over = this.end.promise;

	constructor(
		private readonly target: AttachTarget,
		private readonly command: Command,
		private readonly listener: ProcessListener,
	) {
		this.judge = new Judge(command.thresholds);
		this.session = new MonitorSession(createProcessLister(), {
			state: (state) => this.follow(state),
			sample: (sample) => this.take(sample),
			levels: (levels) => {
				for (const { level, status, note } of levels)
					if (status === "failed") listener.say(`The level ${level} could not be turned on. ${note ?? ""}`);
			},
		});
	}

	/** Does nothing after `detach`. */
	async attach(): Promise<void> {
		if (this.isOver) return;
		await this.session.attach(this.target, this.command.options);
		for (const level of this.command.levels) await this.session.setLevel(level, true);
	}

	detach(): void {
		if (!this.isOver) void this.session.detach();
	}

	dispose(): Promise<void> {
		return this.session.dispose();
	}

	/** Threads that it has, the oldest first. */
	workers(): Promise<readonly WorkerInfo[]> {
		return this.session.workers();
	}

	/** The latest sample in Prometheus' format. */
	metrics(): string {
		return this.exporter.text(this.isLive);
	}

	private follow(state: SessionState): void {
		this.listener.say(describeState(state));
		this.isLive = state.kind === "live";
		const code = exitCode(state);
		if (code === null) return;
		this.isOver = true;
		// What takes its place is somebody else's to watch.
		void this.session.dispose();
		if ("target" in state) this.listener.over(state.target);
		this.end.resolve(code);
	}

	private take(sample: Sample): void {
		const raised = this.judge.next(sample);
		this.exporter.next(sample, this.judge.judgement);
		this.listener.sample(sample, this.judge);
		this.considerDatabase(sample);
		const several = this.command.targets.length > 1 || this.command.workers;
		const whose = several ? `pid ${threadName(sample.pid, sample.worker)}: ` : "";
		for (const { message, cause } of raised) this.listener.say(`${whose}${message} ${cause}`);
		if (raised.length > 0) this.listener.alert();
	}
	/** A database on a port of its own would go without a word. */
	private considerDatabase(sample: Sample): void {
		if (this.knowsDatabase) return;
		const hasDatabase = openDatabaseConnections(sample) > 0;
		const others = sample.connections.slice(0, MOST_NAMED).map(({ endpoint }) => endpoint);
		this.knowsDatabase = hasDatabase || others.length > 0;
		if (hasDatabase || others.length === 0) return;
		this.listener.say(
			`No connection goes to a usual port of a database. If one of these is a database, name it by --database: ${others.join(", ")}.`,
		);
	}
}
