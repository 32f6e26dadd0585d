-- Every foreign key has an index that begins with its columns: what is referred to can be removed or looked up from
-- without reading the whole table.
create index app_user_office on app_user (company_id, office_id);
create index refresh_token_session on refresh_token (company_id, session_id);
create index lead_office on lead (company_id, office_id);
create index call_queue on call (company_id, queue_id);
