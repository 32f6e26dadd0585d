-- Who did what. Rows are added and never changed; each one's hash covers it and the hash of the one before.

-- detail is text and not json: the hash covers its very characters.
create table audit (
    company_id uuid not null references company (id),
    seq bigint not null,
    at timestamp with time zone not null,
    -- null: no user, such as a command at the server's terminal; no foreign key: an administrator of another company may act here
    actor_id uuid,
    actor_name varchar(200) not null,
    action varchar(60) not null,
    subject varchar(120) not null,
    detail varchar not null,
    address varchar(64) not null,
    previous varchar(64) not null,
    hash varchar(64) not null,
    primary key (company_id, seq)
);
create index audit_actor on audit (company_id, actor_id, seq);
create index audit_action on audit (company_id, action, seq);

-- One row a company, locked last but for the event counter: numbers and hashes are in commit order.
create table audit_head (
    company_id uuid primary key references company (id),
    seq bigint not null,
    hash varchar(64) not null
);
