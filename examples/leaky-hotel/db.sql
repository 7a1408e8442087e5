create table "Hotel" (
	"id" serial primary key,
	"name" text not null,
	"city" text not null
);

create table "Room" (
	"id" serial primary key,
	"hotelId" integer not null references "Hotel" ("id"),
	"number" text not null,
	"beds" integer not null,
	"price" integer not null
);

create table "Guest" (
	"id" serial primary key,
	"name" text not null,
	"email" text not null unique
);

create table "Booking" (
	"id" serial primary key,
	"roomId" integer not null references "Room" ("id"),
	"guestId" integer not null references "Guest" ("id"),
	"arrival" date not null,
	"nights" integer not null
);

create index on "Booking" ("roomId", "arrival");

create table "Payment" (
	"id" serial primary key,
	"bookingId" integer not null references "Booking" ("id"),
	"amount" integer not null,
	"reference" text not null
);

create table "Partner" (
	"id" serial primary key,
	"name" text not null,
	"credits" integer not null
);

create table "Usage" (
	"id" serial primary key,
	"partnerId" integer not null references "Partner" ("id"),
	"calls" integer not null,
	"at" timestamp(3) not null default current_timestamp
);

insert into "Hotel" ("name", "city") values
	('Harbour House', 'Hamburg'),
	('Lotus Garden', 'Da Nang'),
	('Old Mill Inn', 'Bruges'),
	('Skyline', 'Rotterdam');

insert into "Room" ("hotelId", "number", "beds", "price")
select h."id", (100 * floor + room)::text, 1 + room % 3, 70 + 15 * (room % 5) + 10 * h."id"
from "Hotel" h, generate_series(1, 3) floor, generate_series(1, 10) room;

insert into "Guest" ("name", "email")
select 'Guest ' || n, 'guest' || n || '@example.com' from generate_series(1, 200) n;

insert into "Booking" ("roomId", "guestId", "arrival", "nights")
select 1 + n % 120, 1 + n % 200, current_date + n % 90, 1 + n % 5 from generate_series(1, 600) n;

insert into "Payment" ("bookingId", "amount", "reference")
select b."id", b."nights" * r."price", 'seed-' || b."id" from "Booking" b join "Room" r on r."id" = b."roomId";

insert into "Partner" ("name", "credits") values
	('Blue Travel', 5000),
	('City Breaks', 12000),
	('Wander', 800);
