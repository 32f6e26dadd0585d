-- Other programs write leads by SQL. What they change is kept here until a server has told the consoles, so that a
-- change made while no server ran is told, too.
--
-- Patchbay's own connections say patchbay.own = 1 and pass by: they write their events themselves.

create table lead_change (
    company_id uuid not null references company (id),
    -- In the order of the changes of each lead, since writers of one lead wait for each other.
    id bigint generated always as identity,
    op varchar(6) not null,
    lead_id uuid not null,
    version bigint not null,
    at timestamp with time zone not null default clock_timestamp(),
    -- The row before and after the change: it may be gone by the time it is told, and who saw it before is told too.
    before jsonb,
    after jsonb,
    primary key (company_id, id)
);

-- The notice names the row and never holds it: notices are limited to 7,999 bytes.
create function lead_changed(op text, before lead, after lead) returns void language plpgsql as $$
declare
    changed lead := case when op = 'DELETE' then before else after end;
begin
    insert into lead_change (company_id, op, lead_id, version, before, after)
    values (changed.company_id, op, changed.id, changed.version,
        case when op <> 'INSERT' then to_jsonb(before) end, case when op <> 'DELETE' then to_jsonb(after) end);
    perform pg_notify('combined_leads_change', format('{"op":"%s","id":"%s","company":"%s","version":%s}',
        op, changed.id, changed.company_id, changed.version));
end $$;

create function lead_outside_before() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        -- Consoles and Patchbay's own changes compare versions: one that did not count up would be overwritten.
        new.version := old.version + 1;
        new.updated_at := greatest(clock_timestamp(), old.updated_at);
    end if;
    new.email := lower(nullif(btrim(new.email), ''));
    new.phone := nullif(regexp_replace(new.phone, '[ ()./-]', '', 'g'), '');
    return new;
end $$;

-- With the owner's rights: a program that may write leads need not be allowed anything else.
create function lead_outside_after() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'UPDATE' and (old.company_id, old.id) is not distinct from (new.company_id, new.id) then
        perform lead_changed('UPDATE', old, new);
    else
        if tg_op <> 'INSERT' then
            perform lead_changed('DELETE', old, null);
        end if;
        if tg_op <> 'DELETE' then
            perform lead_changed('INSERT', null, new);
        end if;
    end if;
    return null;
end $$;

create function lead_no_truncate() returns trigger language plpgsql as $$
begin
    raise exception 'leads are removed by DELETE, so that consoles are told' using errcode = '42501';
end $$;

-- A security definer function looks names up where it was made, not where its caller says.
do $$
begin
    execute format('alter function lead_changed(text, lead, lead) set search_path = %I, pg_temp', current_schema());
    execute format('alter function lead_outside_after() set search_path = %I, pg_temp', current_schema());
end $$;

create trigger lead_outside_before before insert or update on lead for each row
    when (coalesce(current_setting('patchbay.own', true), '') <> '1') execute function lead_outside_before();
create trigger lead_outside_after after insert or update or delete on lead for each row
    when (coalesce(current_setting('patchbay.own', true), '') <> '1') execute function lead_outside_after();
create trigger lead_no_truncate before truncate on lead for each statement execute function lead_no_truncate();

-- A simple view: it takes INSERT, UPDATE and DELETE as the table does.
create view combined_leads with (security_invoker = true) as
select company_id, id, name, phone, email, source, stage, owner_id, office_id, tags, fields, notes, version, created_at,
    updated_at
from lead;

-- Finished calls.
create view call_logs with (security_invoker = true) as
select c.company_id, c.id, c.direction, c.channel, c.status, c.queue_id, q.name as queue_name, c.caller_name,
    c.caller_phone, c.agent_id, u.name as agent_name, c.lead_id, c.created_at, c.answered_at, c.ended_at,
    extract(epoch from c.ended_at - c.answered_at)::bigint as talk_seconds, c.end_reason, c.disposition, c.notes, c.rating
from call c
left join queue q on q.company_id = c.company_id and q.id = c.queue_id
left join app_user u on u.company_id = c.company_id and u.id = c.agent_id
where c.status in ('closed', 'abandoned', 'missed', 'failed');
