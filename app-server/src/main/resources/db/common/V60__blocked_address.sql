-- Addresses and networks (CIDR) that are not served. They hold for the whole installation; company_id is that of the
-- administrator who blocked.
create table blocked_address (
    company_id uuid not null references company (id),
    id uuid not null,
    address varchar(64) not null,
    reason varchar(200),
    until_at timestamp with time zone,
    created_at timestamp with time zone not null default current_timestamp,
    created_by uuid,
    primary key (company_id, id)
);
