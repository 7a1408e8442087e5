/** Which of a process's ports may be asked whether they are an inspector's: a server's own port is never spoken to, since not every server takes an unknown request well. */

/** Ports that an inspector is expected on: Node's default, its neighbours that cluster workers take, and those that the monitor moves an inspector to. */
const EXPECTED = { first: 9229, last: 9329 } as const;

/** Ports for an inspector that has to leave Node's default one. */
export const SPARE_PORTS: readonly number[] = Array.from({ length: EXPECTED.last - EXPECTED.first }, (_, at) => EXPECTED.first + 1 + at);

/**
 * Chooses from a process's listening ports, given in the order they were opened, those that may be an inspector's. A process
 * that was told to open its inspector on any free port did so before its own code ran: then it is the first.
 */
export function inspectorCandidates<T extends { readonly port: number }>(
	listening: readonly T[],
	options: readonly string[],
): readonly T[] {
	const told = toldPort(options);
	return listening.filter(({ port }, at) => (port >= EXPECTED.first && port <= EXPECTED.last) || port === told || (told === 0 && at === 0));
}

/** The port that `--inspect` and its kin name: 0 for any free one, null when no such option is given. */
function toldPort(options: readonly string[]): number | null {
	const values = options.flatMap((option) => /^--inspect(?:-brk|-wait)?(?:=(.*))?$/.exec(option)?.slice(1) ?? []);
	const value = values.at(-1);
	return value === undefined ? null : Number(/(\d+)$/.exec(value)?.[1] ?? EXPECTED.first);
}

/** The port on which SIGUSR1 opens the inspector, as far as the options tell. */
export function signalPort(options: readonly string[]): number {
	const ports = options.flatMap((option) => /^--(?:inspect-port|debug-port)=(?:.*:)?(\d+)$/.exec(option)?.[1] ?? []);
	return Number(ports.at(-1) ?? EXPECTED.first);
}
