import express from "express";
import { bookings } from "./routes/bookings.js";
import { guests } from "./routes/guests.js";
import { health } from "./routes/health.js";
import { hotels } from "./routes/hotels.js";
import { partners } from "./routes/partners.js";
import { reports } from "./routes/reports.js";
import { rooms } from "./routes/rooms.js";

const app = express();
app.use(express.json());
app.use("/health", health);
app.use("/hotels", hotels);
app.use("/rooms", rooms);
app.use("/guests", guests);
app.use("/bookings", bookings);
app.use("/reports", reports);
app.use("/partners", partners);

const port = Number(process.env.PORT ?? 3000);
app.listen(port, "127.0.0.1", () => console.log(`leaky-hotel listens on http://127.0.0.1:${port}`));
