/** The kernel's list of a process's mappings with what of each is in memory, `/proc/PID/smaps`. */
export interface Mapping {
	/** Addresses; those of Linux on the platforms of Node fit into a number exactly. */
	readonly start: number;
	readonly end: number;
	/** Such as `rw-p`. */
	readonly permissions: string;
	/** Path of the file; `[heap]`, `[stack]` and the like; empty for anonymous memory without a name. */
	readonly name: string;
	/** Resident bytes. */
	readonly rss: number;
	/** Resident bytes that no other process shares. */
	readonly own: number;
	/** The kernel's two-letter flags, such as `dc`: not copied to a forked process. */
	readonly flags: ReadonlySet<string>;
}

const HEAD = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) [0-9a-f]+ \S+ \d+ *(.*)$/;
const FIELD = /^(Rss|Private_Clean|Private_Dirty): +(\d+) kB$/;
const FLAGS = /^VmFlags:(.*)$/;

/** Mappings in the order of their addresses. Fields that are not known, or that this kernel leaves out, count as nothing. */
export function parseSmaps(text: string): readonly Mapping[] {
	const mappings: Mapping[] = [];
	let head: RegExpExecArray | null = null;
	let sizes = { rss: 0, own: 0 };
	let flags: ReadonlySet<string> = new Set();
	const take = (): void => {
		if (head === null) return;
		const [, start = "", end = "", permissions = "", name = ""] = head;
		mappings.push({ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16), permissions, name, ...sizes, flags });
	};
	for (const line of text.split("\n")) {
		const next = HEAD.exec(line);
		if (next !== null) {
			take();
			head = next;
			sizes = { rss: 0, own: 0 };
			flags = new Set();
			continue;
		}
		const [, field, kilobytes] = FIELD.exec(line) ?? [];
		const bytes = Number(kilobytes ?? 0) * 1024;
		if (field === "Rss") sizes.rss = bytes;
		else if (field !== undefined) sizes.own += bytes;
		else flags = flagsIn(line) ?? flags;
	}
	take();
	return mappings;
}

function flagsIn(line: string): ReadonlySet<string> | null {
	const words = FLAGS.exec(line)?.[1];
	return words === undefined ? null : new Set(words.split(" ").filter((word) => word !== ""));
}
