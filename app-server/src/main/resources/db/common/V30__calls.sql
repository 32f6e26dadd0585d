-- Queues, agents, calls. Timers are columns (ring_until, wrap_up_until, gone_at, due_at): a restart loses none of them.

-- The routing lock of a company: every change of its calls and agents locks this row first.
create table routing (
    company_id uuid primary key references company (id)
);

-- live_name is null once the queue is archived: its name is free again.
-- shown: the figures last told to consoles, so that only a change is told. rules_version: the version of the last change of rules.
create table queue (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(100) not null,
    live_name varchar(100),
    strategy varchar(20) not null,
    ring_seconds integer not null,
    wrap_up_seconds integer,
    disposition_required boolean not null,
    max_wait_seconds integer not null default 3600,
    handle_seconds integer not null default 180,
    shown varchar(200) not null default '',
    version bigint not null default 1,
    rules_version bigint not null default 1,
    created_at timestamp with time zone not null,
    primary key (company_id, id),
    unique (company_id, live_name)
);

create table queue_skill (
    company_id uuid not null,
    queue_id uuid not null,
    skill varchar(60) not null,
    primary key (company_id, queue_id, skill),
    foreign key (company_id, queue_id) references queue (company_id, id)
);

-- gone_at: since when no console of the agent is on the line; null while one is, and for agents who never had one.
create table agent (
    company_id uuid not null,
    user_id uuid not null,
    state varchar(20) not null,
    reason varchar(100),
    since timestamp with time zone not null,
    because_code varchar(40) not null,
    because_who varchar(200),
    call_id uuid,
    next_state varchar(20),
    next_reason varchar(100),
    restore_state varchar(20),
    connected boolean not null default false,
    gone_at timestamp with time zone,
    goodbye boolean not null default false,
    idle_since timestamp with time zone not null,
    offered_at timestamp with time zone,
    due_at timestamp with time zone,
    version bigint not null default 1,
    primary key (company_id, user_id),
    foreign key (company_id, user_id) references app_user (company_id, id)
);
create index agent_due on agent (due_at);
-- By state first: the reconciler looks for live ones across companies.
create index agent_state on agent (state, company_id);

create table agent_skill (
    company_id uuid not null,
    user_id uuid not null,
    skill varchar(60) not null,
    primary key (company_id, user_id, skill),
    foreign key (company_id, user_id) references agent (company_id, user_id)
);

create table queue_agent (
    company_id uuid not null,
    queue_id uuid not null,
    user_id uuid not null,
    primary key (company_id, queue_id, user_id),
    foreign key (company_id, queue_id) references queue (company_id, id),
    foreign key (company_id, user_id) references agent (company_id, user_id)
);
create index queue_agent_user on queue_agent (company_id, user_id);

create table disposition (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(100) not null,
    code varchar(60) not null,
    primary key (company_id, id),
    unique (company_id, code)
);

create table break_reason (
    company_id uuid not null references company (id),
    id uuid not null,
    name varchar(100) not null,
    primary key (company_id, id),
    unique (company_id, name)
);

-- lead_id has no foreign key: a call outlives its lead. entries: how many call_event rows the call has.
create table call (
    company_id uuid not null references company (id),
    id uuid not null,
    version bigint not null,
    status varchar(20) not null,
    direction varchar(20) not null,
    channel varchar(20) not null,
    queue_id uuid,
    topic varchar(200),
    caller_name varchar(200) not null,
    caller_phone varchar(16),
    priority integer not null default 0,
    queued_at timestamp with time zone not null,
    place integer not null default 0,
    expected_seconds integer,
    assigned_id uuid,
    assigned_until timestamp with time zone,
    last_agent_id uuid,
    agent_id uuid,
    lead_id uuid,
    created_at timestamp with time zone not null,
    ringing_at timestamp with time zone,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason varchar(60),
    wrap_up_until timestamp with time zone,
    wrap_up_extended boolean not null default false,
    disposition varchar(60),
    notes varchar(20000),
    rating integer,
    entries integer not null default 0,
    due_at timestamp with time zone,
    primary key (company_id, id),
    foreign key (company_id, queue_id) references queue (company_id, id)
);
create index call_due on call (due_at);
-- By status first: the few live calls are looked for across companies; the many that are over are not touched.
create index call_status on call (status, company_id, queue_id);
create index call_created on call (company_id, created_at, id);
create index call_agent on call (company_id, agent_id, answered_at);
create index call_phone on call (company_id, caller_phone);

-- session: the last one offered by this side; a bye from the server names it.
create table participant (
    company_id uuid not null,
    id uuid not null,
    call_id uuid not null,
    kind varchar(20) not null,
    user_id uuid,
    name varchar(200) not null,
    endpoint varchar(20) not null,
    status varchar(20) not null,
    muted boolean not null default false,
    held boolean not null default false,
    connected boolean not null default false,
    gone_at timestamp with time zone,
    away boolean not null default false,
    media varchar(20),
    session varchar(100) not null default '',
    invited_at timestamp with time zone not null,
    ring_until timestamp with time zone,
    joined_at timestamp with time zone,
    left_at timestamp with time zone,
    left_reason varchar(60),
    primary key (company_id, id),
    foreign key (company_id, call_id) references call (company_id, id)
);
create index participant_call on participant (company_id, call_id);
create index participant_user on participant (company_id, user_id, status);

create table call_event (
    company_id uuid not null,
    call_id uuid not null,
    entry integer not null,
    at timestamp with time zone not null,
    type varchar(40) not null,
    who varchar(200) not null,
    data ${json} not null,
    primary key (company_id, call_id, entry),
    foreign key (company_id, call_id) references call (company_id, id)
);
