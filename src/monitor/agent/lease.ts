/** What the target holds while its inspector is open on our account. It ends by itself when no sample renews it. */

const KEY = `Symbol.for("prisma-leak-lens.lease")`;

/**
 * Moves the inspector to `port` of the loopback, so that the port that signals use is free for the next process, and
 * installs the lease: when nobody renews it for `leaseMs`, because the monitor died, the inspector closes. A timer that is
 * late by more than a second tells that the process itself slept, and then the lease starts anew.
 * The move happens 20 ms later: time for us to disconnect. Nothing is thrown outside the evaluation: it would end the target.
 */
export function moveInspector(port: number, leaseMs: number): string {
	return `(() => {
	const inspector = process.getBuiltinModule ? process.getBuiltinModule("inspector") : require("inspector");
	const usualPort = process.debugPort;
	let renewedAt = performance.now();
	const release = () => {
		clearTimeout(timer);
		delete globalThis[${KEY}];
		try {
			inspector.close();
			process.debugPort = usualPort;
		} catch {}
	};
	const renew = () => {
		renewedAt = performance.now();
		timer.refresh();
	};
	const timer = setTimeout(() => {
		if (performance.now() - renewedAt > ${leaseMs} + 1000) renew();
		else release();
	}, ${leaseMs});
	timer.unref();
	Object.defineProperty(globalThis, ${KEY}, { value: { renew, release }, configurable: true });
	setTimeout(() => {
		try {
			inspector.close();
			inspector.open(${port}, "127.0.0.1");
		} catch {}
	}, 20);
	return true;
})()`;
}

export const RENEW_LEASE = `globalThis[${KEY}]?.renew()`;

/** Ends the lease, if there is one, and closes the inspector, 20 ms later: time for us to disconnect. */
export const CLOSE_INSPECTOR = closeInspector("if (lease) lease.release(); else inspector.close();");

/** Closes the inspector unless a lease says that it is in use by then. */
export const CLOSE_UNUSED_INSPECTOR = closeInspector("if (!lease) inspector.close();");

function closeInspector(how: string): string {
	return `(() => {
	const inspector = process.getBuiltinModule ? process.getBuiltinModule("inspector") : require("inspector");
	setTimeout(() => {
		try {
			const lease = globalThis[${KEY}];
			${how}
		} catch {}
	}, 20);
	return true;
})()`;
}
