-- The servers that run on this database, and what they share. They serve every company: no company_id here.
create table node (
    id uuid primary key,
    name varchar(200) not null,
    address varchar(300) not null,
    started_at timestamp with time zone not null,
    -- by the database's clock, as everything that nodes compare
    beat_at timestamp with time zone not null
);

-- What all nodes must have alike, such as the secret that signs access tokens. The first node makes it.
create table node_secret (
    name varchar(60) primary key,
    secret varchar(500) not null,
    created_at timestamp with time zone not null default current_timestamp
);

-- Who is on the line through which node: consoles that take calls (subject: the user), visitors' pages (the
-- participant). Rows of a node that is no more are taken away by the others. Changed under the routing lock only.
create table node_line (
    company_id uuid not null references company (id),
    subject uuid not null,
    node_id uuid not null,
    primary key (company_id, subject, node_id)
);
create index node_line_node on node_line (node_id, company_id);
