import type { RuleMeta } from "../../analysis/index.js";
import type { Finding } from "../../protocol/index.js";
import { savingOf } from "./causes.js";
import type { Applied } from "./types.js";

/** What of an earlier check is mended by now, by rule. */
export function appliedOf(before: readonly Finding[], now: readonly Finding[], metas: readonly RuleMeta[]): readonly Applied[] {
	return metas.flatMap(({ id, title }) => {
		const mended = mendedOf(
			before.filter(({ rule }) => rule === id),
			now.filter(({ rule }) => rule === id),
		);
		if (mended.length === 0) return [];
		return [{ rule: id, title, places: mended.map(({ file, line }) => ({ file, line })), saving: savingOf(mended) }];
	});
}

/** As many of a file's findings are mended as it has fewer of now; those that say something else than what is left go first. */
function mendedOf(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
	return [...new Set(before.map(({ file }) => file))].flatMap((file) => {
		const were = before.filter((finding) => finding.file === file);
		const left = now.filter((finding) => finding.file === file);
		const isLeft = ({ message }: Finding): boolean => left.some((finding) => finding.message === message);
		const order = [...were.filter((finding) => !isLeft(finding)), ...were.filter(isLeft)];
		return order.slice(0, Math.max(0, were.length - left.length));
	});
}
