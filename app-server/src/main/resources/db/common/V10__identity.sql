-- Who signs in.

create table office (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(200) not null,
    version bigint not null default 1,
    created_at timestamp with time zone not null default current_timestamp,
    updated_at timestamp with time zone not null default current_timestamp,
    primary key (company_id, id)
);

-- email is unique over the whole installation, in lower case: a person signs in with it alone.
create table app_user (
    company_id uuid not null references company (id),
    id uuid not null,
    email varchar(254) not null unique,
    name varchar(200) not null,
    password_hash varchar(500) not null,
    -- role names with blanks between; extra permissions likewise
    roles varchar(200) not null,
    extra_permissions varchar(1000) not null default '',
    office_id uuid,
    active boolean not null default true,
    version bigint not null default 1,
    created_at timestamp with time zone not null default current_timestamp,
    updated_at timestamp with time zone not null default current_timestamp,
    primary key (company_id, id),
    foreign key (company_id, office_id) references office (company_id, id)
);

-- One sign-in on one device: the family of its refresh tokens.
create table user_session (
    company_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    user_agent varchar(300) not null default '',
    address varchar(64) not null default '',
    created_at timestamp with time zone not null,
    last_used_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    revoked_because varchar(60),
    primary key (company_id, id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
create index user_session_user on user_session (company_id, user_id);

-- Only a hash of the token is kept. replaced_at: when it was used; using it again later ends the family.
create table refresh_token (
    company_id uuid not null,
    id uuid not null,
    session_id uuid not null,
    token_hash varchar(64) not null unique,
    issued_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    replaced_at timestamp with time zone,
    primary key (company_id, id),
    foreign key (company_id, session_id) references user_session (company_id, id)
);
