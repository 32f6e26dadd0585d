-- The second wall: row-level security on every table with company_id. Runs after each start's migrations and adds what
-- is missing, so that a new table cannot be forgotten.
--
-- The server works as a role that owns nothing and cannot pass the wall. Its name holds the database's number: a role is
-- of the whole PostgreSQL server, and an owner of one database must not read another by it. Where the owner may not make
-- roles, the wall binds the owner itself as long as patchbay.company is set; programs other than Patchbay do not set it.
do $$
declare
    app text := 'patchbay_' || (select oid from pg_database where datname = current_database());
    known text;
    bound record;
    rule text;
begin
    -- Nodes that start together take turns.
    perform pg_advisory_xact_lock(hashtextextended('patchbay.wall', 0));
    if to_regprocedure('patchbay_role()') is not null then
        execute 'select patchbay_role()' into known;
        app := coalesce(known, app);
    end if;
    begin
        if not exists (select from pg_roles where rolname = app) then
            execute format('create role %I nologin', app);
        end if;
        -- From 16 on, who makes a role belongs to it but may not yet take it on.
        if not (select rolsuper from pg_roles where rolname = current_user) and not pg_has_role(current_user, app,
                case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) then
            execute format('grant %I to %I', app, current_user);
        end if;
    exception when insufficient_privilege then
        app := null;
    end;
    if to_regprocedure('patchbay_role()') is null or known is distinct from app then
        execute format('create or replace function patchbay_role() returns text language sql stable as %L',
            format('select %L::text', app));
    end if;

    for bound in
        select c.relname, c.relrowsecurity, c.relforcerowsecurity,
            case when c.relname = 'company' then 'id' else 'company_id' end as key,
            (select p.polroles from pg_policy p where p.polrelid = c.oid and p.polname = 'patchbay_company') as roles
        from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
            and (c.relname = 'company' or exists (select from pg_attribute a
                where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped))
    loop
        if not bound.relrowsecurity then
            execute format('alter table %I enable row level security', bound.relname);
        end if;
        if bound.relforcerowsecurity is distinct from (app is null) then
            execute format('alter table %I %s row level security', bound.relname,
                case when app is null then 'force' else 'no force' end);
        end if;
        if bound.roles is distinct from array[coalesce(to_regrole(quote_ident(app))::oid, 0::oid)] then
            rule := case when app is null
                then format('coalesce(nullif(current_setting(''patchbay.company'', true), ''''), ''*'') in (''*'', %I::text)', bound.key)
                else format('%I = nullif(current_setting(''patchbay.company'', true), '''')::uuid', bound.key) end;
            execute format('drop policy if exists patchbay_company on %I', bound.relname);
            execute format('create policy patchbay_company on %I to %s using (%s)', bound.relname,
                coalesce(quote_ident(app), 'public'), rule);
        end if;
    end loop;

    if app is not null then
        execute format('grant usage on schema %I to %I', current_schema(), app);
        execute format('grant select, insert, update, delete on all tables in schema %I to %I', current_schema(), app);
        execute format('grant usage, select on all sequences in schema %I to %I', current_schema(), app);
        if to_regclass('flyway_schema_history') is not null then
            execute format('revoke all on flyway_schema_history from %I', app);
        end if;
        if to_regclass('audit') is not null then
            execute format('revoke update, delete on audit from %I', app);
        end if;
    end if;
end $$;

-- What each of the server's connections begins with.
create or replace function patchbay_session() returns text language plpgsql as $$
begin
    perform set_config('patchbay.own', '1', false);
    -- Nobody, until a transaction says for whom it works.
    perform set_config('patchbay.company', '00000000-0000-0000-0000-000000000000', false);
    if patchbay_role() is not null then
        perform set_config('role', patchbay_role(), false);
    end if;
    return patchbay_role();
end $$;
