import type { Package, PreviewFeature } from "../workspace/index.js";
import type { Rule, RuleFinding } from "./types.js";

export const metricsPreview: Rule = {
	meta: {
		id: "metrics-preview",
		title: "A preview feature that leaks or is not needed any more",
		finds: '`previewFeatures = ["metrics"]`, which leaks memory by itself, and `"tracing"` where Prisma no longer needs it.',
		severity: "warning",
	},
	scope: "workspace",
	*check({ workspace }) {
		const seen = new Set<string>();
		for (const pkg of workspace.packages) {
			for (const preview of pkg.schemas.flatMap((schema) => schema.previews)) {
				const key = `${preview.file}:${preview.range.line}:${preview.range.column}`;
				const found = seen.has(key) || workspace.roleOf(preview.file) !== "app" ? null : finding(pkg, preview);
				seen.add(key);
				if (found) yield found;
			}
		}
	},
};

/** Whether this version does better without the feature. */
export function isObsolete(pkg: Package, { name }: PreviewFeature): boolean {
	return name === "metrics" || (name === "tracing" && hasStableTracing(pkg.prismaVersion));
}

function finding(pkg: Package, preview: PreviewFeature): RuleFinding | null {
	const { name, file, range } = preview;
	const place = { file, range };
	if (name === "metrics") {
		return {
			severity: "warning",
			place,
			message:
				pkg.prismaMajor !== null && pkg.prismaMajor >= 7
					? "Prisma 7 has no metrics any more: $metrics is gone, and this preview feature does nothing. Remove it and count queries with a $extends query handler."
					: "The metrics preview leaks by itself: memory grows with every query, even when nobody reads $metrics (prisma issue 30143). Remove it and count queries with a $extends query handler.",
			fixes: ["drop-metrics-preview"],
		};
	}
	if (isObsolete(pkg, preview)) {
		return {
			severity: "info",
			place,
			message: `Prisma ${pkg.prismaVersion} traces without this preview feature. Remove it.`,
			fixes: ["drop-metrics-preview"],
		};
	}
	return null;
}

/** Tracing left its preview in 6.1. */
function hasStableTracing(version: string | null): boolean {
	const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
	return major > 6 || (major === 6 && minor >= 1);
}
