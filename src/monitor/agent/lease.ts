/** The inspector of a target, opened on our account, is a part like any other: it closes when its holder leaves or dies. */
import { AGENT_KEY, inTarget, type Target } from "./in-target.js";
import { install } from "./resident.js";

/** The expression that puts the agent into the target and says that `holder` is attached. */
export function enter(holder: string): string {
	return `(${install()}, ${renew(holder)})`;
}

/** The expression that says that `holder` is still there. */
export function renew(holder: string): string {
	return inTarget(renewLease, holder);
}

/** The expression that drops all that `holder` wanted; an inspector that it opened closes 20 ms later: time for us to disconnect. */
export function leave(holder: string): string {
	return inTarget(leaveAgent, holder);
}

/** The expression that drops one part, unless another holder wants it. */
export function dropPart(holder: string, name: string): string {
	return inTarget(drop, holder, name);
}

/** The expression for a part that is there. */
export function partExpression(name: string): string {
	return `globalThis[${AGENT_KEY}]?.parts.get(${JSON.stringify(name)})`;
}

/**
 * The expression that moves the inspector to `port` of the loopback, so that the port that signals use is free for the next
 * process, and makes `holder` its keeper. The move happens 20 ms later, for the same reason.
 */
export function moveInspector(holder: string, port: number): string {
	return `(${enter(holder)}, ${inTarget(move, holder, port)})`;
}

/** The expression that keeps an inspector open which another holder opened, for as long as `holder` is there; tells whether there is one. */
export function keepInspector(holder: string): string {
	return `(${enter(holder)}, ${inTarget(keep, holder)})`;
}

/** The expression that takes back a move that did not come about as far as we can tell. */
export function undoMove(holder: string): string {
	return inTarget(undo, holder);
}

/** Closes the inspector, unless a monitor says that it is in use by then. */
export const CLOSE_UNUSED_INSPECTOR = inTarget(closeUnused);

function renewLease({ agent }: Target, holder: string): void {
	agent?.renew(holder);
}

function leaveAgent({ agent }: Target, holder: string): void {
	agent?.leave(holder);
}

function drop({ agent }: Target, holder: string, name: string): void {
	agent?.drop(holder, name);
}

/** Nothing is thrown outside the evaluation: it would end the target. */
function move({ agent, load }: Target, holder: string, port: number): void {
	const inspector = load("inspector");
	const usualPort = process.debugPort;
	const later = (work: () => void) => {
		setTimeout(() => {
			try {
				work();
			} catch {}
		}, 20);
	};
	agent?.add(holder, "inspector", () => ({
		read: () => null,
		remove: () =>
			later(() => {
				inspector.close();
				process.debugPort = usualPort;
			}),
	}));
	later(() => {
		inspector.close();
		inspector.open(port, "127.0.0.1");
	});
}

function keep({ agent }: Target, holder: string): boolean {
	if (!agent?.parts.has("inspector")) return false;
	agent.add(holder, "inspector", () => ({ read: () => null, remove: () => {} }));
	return true;
}

function undo({ agent, load }: Target, holder: string): void {
	const moved = agent?.parts.has("inspector") ?? false;
	agent?.leave(holder);
	if (moved) return;
	const inspector = load("inspector");
	setTimeout(() => {
		try {
			inspector.close();
		} catch {}
	}, 20);
}

function closeUnused({ load }: Target): void {
	const inspector = load("inspector");
	setTimeout(() => {
		try {
			const agent: unknown = Reflect.get(globalThis, Symbol.for("prisma-leak-lens.agent"));
			if (agent === undefined) inspector.close();
		} catch {}
	}, 20);
}
