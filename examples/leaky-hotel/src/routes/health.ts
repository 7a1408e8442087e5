import { Router } from "express";
import { queryHistory } from "../lib/query-history.js";

export const health = Router();

health.get("/", (_request, response) => {
	response.json({ ok: true, queries: queryHistory.total, slowest: queryHistory.slowest(3) });
});
