import { type CoreChartOptions, DatasetController, type Scale } from "chart.js";
import type { Course } from "./courses.js";
import { drawCourse, planeOf, type Stroke } from "./draw-course.js";
import type { FixedScale } from "./fixed-scale.js";
import type { Line } from "./line.js";

/** Pixels a lone point may reach over the top and the right end of the chart. */
const POINT_ROOM = 4;
const WIDTHS: Readonly<Record<Line["style"], number>> = { line: 1.5, faint: 1, band: 1, limit: 1.5 };
const LIMIT_DASH = [5, 4];
const BASELINE_DASH = [3, 3];
/** Of the baseline's lines, which stand back behind what is compared with it. */
const BASELINE_ALPHA = 0.8;

interface CourseOptions {
	/** Draws the course over its axes. */
	paint(ctx: CanvasRenderingContext2D, x: Scale, y: Scale): void;
	/** Pixels it may be drawn over each side of the chart. */
	clip: { left: number; top: number; right: number; bottom: number };
}

/** One course as a dataset of Chart.js. */
export interface CourseDataset extends CourseOptions {
	type: "course";
	/** Chart.js asks for points; a course has its own. */
	data: never[];
}

export function courseDataset(course: Course, hue: string, stepped: boolean): CourseDataset {
	const { style } = course.line;
	return datasetOf(course, { hue, width: WIDTHS[style], dash: style === "limit" ? LIMIT_DASH : [], alpha: 1, stepped }, POINT_ROOM);
}

/** Of the run that the others are compared with: only its line, whose rows reach beyond the chart on either side. */
export function baselineDataset(course: Course, hue: string, stepped: boolean): CourseDataset {
	return datasetOf({ ...course, floor: null }, { hue, width: 1, dash: BASELINE_DASH, alpha: BASELINE_ALPHA, stepped }, 0);
}

function datasetOf(course: Course, stroke: Stroke, right: number): CourseDataset {
	return {
		type: "course",
		data: [],
		paint: (ctx, x, y) => drawCourse(ctx, course, planeOf(x, y), stroke),
		clip: { left: 0, top: POINT_ROOM, right, bottom: 0 },
	};
}

/**
 * Draws a course in one go. The line controller of Chart.js makes an element of each point and works out its options at every update,
 * which costs several times as much as the drawing (`npm run bench -- --only dashboard`).
 */
export class CourseController extends DatasetController<"course"> {
	static readonly id = "course";
	static readonly defaults = { datasetElementType: false, dataElementType: "point" };

	override buildOrUpdateElements(): void {}

	override update(): void {}

	override draw(): void {
		const dataset = this.getDataset();
		const { x, y } = this.chart.scales;
		if (dataset.type === "course" && x !== undefined && y !== undefined) dataset.paint?.(this.chart.ctx, x, y);
	}
}

declare module "chart.js" {
	interface ChartTypeRegistry {
		course: {
			chartOptions: CoreChartOptions<"course">;
			datasetOptions: CourseOptions;
			defaultDataPoint: never;
			metaExtensions: object;
			parsedDataType: object;
			scales: typeof FixedScale.id;
		};
	}
}
