-- People who may become customers. Other programs may write here by SQL: an insert needs only company_id, name and
-- phone or email (the id's default stands in the database's own migration).

create table lead (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(200) not null,
    -- E.164
    phone varchar(16),
    -- in lower case
    email varchar(254),
    source varchar(60),
    stage varchar(40) not null default 'new',
    -- null: in the shark tank
    owner_id uuid,
    office_id uuid,
    tags ${json} not null default '[]',
    fields ${json} not null default '{}',
    notes varchar(10000),
    version bigint not null default 1,
    created_at timestamp with time zone not null default current_timestamp,
    updated_at timestamp with time zone not null default current_timestamp,
    primary key (company_id, id),
    foreign key (company_id, owner_id) references app_user (company_id, id),
    foreign key (company_id, office_id) references office (company_id, id),
    constraint lead_reachable check (phone is not null or email is not null)
);
create index lead_newest on lead (company_id, created_at, id);
create index lead_owner on lead (company_id, owner_id, created_at, id);
create index lead_phone on lead (company_id, phone);
create index lead_email on lead (company_id, email);
