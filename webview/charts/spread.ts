/** Moves labels apart: each stays as near to the place it wants as its neighbours let it, all within 0..`height`, in order. `wanted` and the result are centres in pixels. */
export function spread(wanted: readonly number[], size: number, height: number): readonly number[] {
	const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
	const groups: Group[] = [];
	for (const index of order) {
		groups.push({ members: [index], centre: wanted[index] ?? 0 });
		settle(groups, size, height, wanted);
	}
	const placed = wanted.map(() => 0);
	for (const { members, centre } of groups) {
		members.forEach((index, place) => {
			placed[index] = centre + (place - (members.length - 1) / 2) * size;
		});
	}
	return placed;
}

interface Group {
	members: number[];
	centre: number;
}

function settle(groups: Group[], size: number, height: number, wanted: readonly number[]): void {
	for (;;) {
		const last = groups.pop();
		if (last === undefined) return;
		const half = (last.members.length * size) / 2;
		const mean = last.members.reduce((sum, index) => sum + (wanted[index] ?? 0), 0) / last.members.length;
		last.centre = Math.min(Math.max(mean, half), Math.max(half, height - half));
		const above = groups.at(-1);
		if (above === undefined || above.centre + (above.members.length * size) / 2 <= last.centre - half) {
			groups.push(last);
			return;
		}
		groups.pop();
		groups.push({ members: [...above.members, ...last.members], centre: 0 });
	}
}
