import type { CostRange, Estimate, MemoryCost } from "../../protocol/index.js";
import type { Package, PrismaEngine } from "../workspace/index.js";
import { type ClientFigure, type ClientFigures, type Megabytes, PRISMA_6_CLIENT_ENGINE, PRISMA_7, RUST_ENGINE } from "./figures.js";

/** What a cost rests on: version, engine and the size of the schema. */
export interface CostBasis {
	readonly major: number | null;
	readonly engine: PrismaEngine;
	/** Null when no schema is known: the range then spans the sizes that were measured. */
	readonly models: number | null;
}

export function costBasisOf(pkg: Package): CostBasis {
	const models = Math.max(0, ...pkg.schemas.map((schema) => schema.models));
	return { major: pkg.prismaMajor, engine: pkg.engine, models: models === 0 ? null : models };
}

/**
 * Memory of `count` clients beside a first one (`first: true` counts the first one too).
 * @param connections connections all of them may open together, null when that is not known; their memory is not in the range
 * @returns null where nothing was measured or documented: Accelerate, Prisma 8, an unknown version
 */
export function estimateClients(
	basis: CostBasis,
	clients: { readonly count: number; readonly first?: boolean; readonly connections: number | null },
): Estimate | null {
	const figures = figuresFor(basis);
	if (figures === null) return null;
	const further = interpolate(figures, basis.models, "further");
	const total = clients.first
		? sum(interpolate(figures, basis.models, "first"), times(further, clients.count - 1))
		: times(further, clients.count);
	return { megabytes: rounded(total), connections: clients.connections, source: `${figures.source}, ${sizeText(figures, basis.models)}` };
}

/** Memory that `connections` busy connections take in the application's process; null as for clients. */
export function estimatePool(basis: CostBasis, connections: number): Estimate | null {
	const figures = figuresFor(basis);
	if (figures === null) return null;
	return { megabytes: rounded(times(figures.connection, connections)), connections, source: `${figures.source}, per busy connection` };
}

/** One connection's range and its source, for a tooltip's sum. */
export function connectionFigure(basis: CostBasis): { readonly megabytes: Megabytes; readonly source: string } | null {
	const figures = figuresFor(basis);
	return figures === null ? null : { megabytes: figures.connection, source: figures.source };
}

/** What the clients and connections of a package cost, each alone; null as for clients. */
export function memoryCostOf(basis: CostBasis): MemoryCost | null {
	const [firstClient, furtherClient, connection] = [
		estimateClients(basis, { count: 1, first: true, connections: null }),
		estimateClients(basis, { count: 1, connections: null }),
		estimatePool(basis, 1),
	].map((estimate) => (estimate === null ? null : costRange(estimate)));
	return firstClient && furtherClient && connection ? { firstClient, furtherClient, connection } : null;
}

function costRange({ megabytes: [low, high], source }: Estimate): CostRange {
	return { low, high, source };
}

/** `3–4 MB`, `0.2–0.5 MB`, `10 MB`: at most three significant digits. */
export function megabyteText([low, high]: Megabytes): string {
	const text = (value: number): string => String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
	return text(low) === text(high) ? `${text(high)} MB` : `${text(low)}–${text(high)} MB`;
}

function figuresFor({ major, engine }: CostBasis): ClientFigures | null {
	if (engine === "rust") return RUST_ENGINE;
	if (engine !== "client" || major === null) return null;
	if (major === 7) return PRISMA_7;
	return major === 6 ? PRISMA_6_CLIENT_ENGINE : null;
}

/** Between two measured sizes the cost is taken to grow evenly; beyond the largest one only the upper bound grows. */
function interpolate({ bySize }: ClientFigures, models: number | null, key: "first" | "further"): Megabytes {
	const [smallest] = bySize;
	const largest = bySize.at(-1);
	if (smallest === undefined || largest === undefined) return [0, 0];
	if (models === null) return [smallest[key][0], largest[key][1]];
	if (models <= smallest.models || smallest === largest) return smallest[key];
	const share = (models - smallest.models) / (largest.models - smallest.models);
	const at = (bound: 0 | 1, by: number): number => smallest[key][bound] + (largest[key][bound] - smallest[key][bound]) * by;
	return [at(0, Math.min(share, 1)), at(1, share)];
}

function sizeText({ bySize }: ClientFigures, models: number | null): string {
	const sizes = bySize.map((figure: ClientFigure) => figure.models);
	const [smallest, largest] = [sizes[0], sizes.at(-1)];
	if (smallest === undefined || largest === undefined || smallest === largest) return "per client";
	if (models === null) return `schemas of ${sizes.join(" to ")} models`;
	if (sizes.includes(models)) return `${models} models`;
	if (models < smallest) return `as for ${smallest} models, the smallest schema measured`;
	const between = sizes.join(" and ");
	return models < largest
		? `taken between schemas of ${between} models for ${models}`
		: `carried on from schemas of ${between} models to ${models}`;
}

function times([low, high]: Megabytes, factor: number): Megabytes {
	return [low * factor, high * factor];
}

function sum([low, high]: Megabytes, other: Megabytes): Megabytes {
	return [low + other[0], high + other[1]];
}

/** Outwards, to whole MB from 2 on and to a tenth below: an estimate must not look more exact than it is. */
function rounded([low, high]: Megabytes): Megabytes {
	return [roundedTo(low, Math.floor), roundedTo(high, Math.ceil)];
}

function roundedTo(value: number, towards: (value: number) => number): number {
	const step = value >= 2 ? 1 : 10;
	return towards(Number((value * step).toFixed(6))) / step;
}
