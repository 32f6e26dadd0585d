-- Companies, the event log, and commands that are done once.
-- Every table carries company_id first in its keys: the schema distributes by company, or moves to a database of its own, unchanged.

create table company (
    id uuid primary key,
    slug varchar(63) not null unique,
    name varchar(200) not null,
    region varchar(2) not null,
    database_url varchar(500),
    active boolean not null default true,
    version bigint not null default 1,
    created_at timestamp with time zone not null default current_timestamp,
    updated_at timestamp with time zone not null default current_timestamp
);

-- One row a company, locked last in a transaction: event numbers are gap-free and in commit order.
create table event_counter (
    company_id uuid primary key references company (id),
    seq bigint not null
);

create table event (
    company_id uuid not null references company (id),
    seq bigint not null,
    at timestamp with time zone not null,
    type varchar(60) not null,
    audience varchar(2000) not null,
    subject varchar(80) not null,
    payload ${json} not null,
    primary key (company_id, seq)
);
create index event_at on event (at);

create table command (
    company_id uuid not null references company (id),
    principal varchar(80) not null,
    id varchar(100) not null,
    at timestamp with time zone not null,
    answer varchar,
    primary key (company_id, principal, id)
);
create index command_at on command (at);
