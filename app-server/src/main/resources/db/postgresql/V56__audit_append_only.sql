create function audit_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log only grows' using errcode = '42501';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_append_only();
create trigger audit_no_truncate before truncate on audit for each statement execute function audit_append_only();
