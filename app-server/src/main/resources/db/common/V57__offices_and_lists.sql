-- live_name is null once an office, skill, disposition or break reason is archived: its name is free again, the history keeps it.
alter table office add column live_name varchar(200);
update office set live_name = name;
alter table office add column time_zone varchar(60);
alter table office add column address varchar(500);
alter table office add constraint office_live_name unique (company_id, live_name);
create index if not exists app_user_office on app_user (company_id, office_id);
create index if not exists lead_office on lead (company_id, office_id);

alter table agent add column extension varchar(20);
alter table agent add constraint agent_extension unique (company_id, extension);

create table skill (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(60) not null,
    live_name varchar(60),
    version bigint not null default 1,
    primary key (company_id, id),
    constraint skill_live_name unique (company_id, live_name)
);

alter table disposition add column archived boolean not null default false;
alter table disposition add column version bigint not null default 1;
alter table break_reason add column archived boolean not null default false;
alter table break_reason add column version bigint not null default 1;

create table company_settings (
    company_id uuid primary key references company (id),
    settings ${json} not null,
    version bigint not null,
    updated_at timestamp with time zone not null
);

create table user_preferences (
    company_id uuid not null,
    user_id uuid not null,
    preferences ${json} not null,
    version bigint not null,
    updated_at timestamp with time zone not null,
    primary key (company_id, user_id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
