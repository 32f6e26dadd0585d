-- What belongs to signing in beside a password: a phone number, licences, resets, second factors, other providers, keys.

alter table app_user add column phone varchar(20);

-- A company without a row has the licence that costs nothing: no end, no limit of seats.
create table licence (
    company_id uuid primary key references company (id),
    plan varchar(60) not null,
    -- names with blanks between
    features varchar(1000) not null default '',
    -- active users at most; null for any number
    seats integer,
    expires_at timestamp with time zone,
    updated_at timestamp with time zone not null
);

-- Of everything that opens an account only a hash is kept.
create table password_reset (
    company_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    token_hash varchar(64) not null unique,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    used_at timestamp with time zone,
    primary key (company_id, id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
create index password_reset_user on password_reset (company_id, user_id);

-- secret: sealed with the installation's key. last_step: the newest time step whose code was used; no code counts twice.
create table user_totp (
    company_id uuid not null,
    user_id uuid not null,
    secret varchar(500) not null,
    confirmed_at timestamp with time zone,
    last_step bigint not null default 0,
    primary key (company_id, user_id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);

create table recovery_code (
    company_id uuid not null,
    user_id uuid not null,
    code_hash varchar(64) not null,
    used_at timestamp with time zone,
    primary key (company_id, user_id, code_hash),
    foreign key (company_id, user_id) references app_user (company_id, id)
);

-- Who signs in through another provider: its own, unchanging name of the person.
create table external_identity (
    company_id uuid not null,
    provider varchar(20) not null,
    subject varchar(255) not null,
    user_id uuid not null,
    linked_at timestamp with time zone not null,
    primary key (company_id, provider, subject),
    unique (provider, subject),
    unique (company_id, user_id, provider),
    foreign key (company_id, user_id) references app_user (company_id, id)
);

-- What a browser hands to the program that sent it to the provider, once.
create table sign_in_code (
    company_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    code_hash varchar(64) not null unique,
    challenge varchar(100),
    expires_at timestamp with time zone not null,
    used_at timestamp with time zone,
    primary key (company_id, id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
create index sign_in_code_user on sign_in_code (company_id, user_id);

create table api_key (
    company_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    name varchar(100) not null,
    prefix varchar(20) not null,
    key_hash varchar(64) not null unique,
    -- permissions with blanks between
    scopes varchar(1000) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    primary key (company_id, id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
create index api_key_user on api_key (company_id, user_id);
