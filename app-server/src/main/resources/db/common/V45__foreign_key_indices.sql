-- Every foreign key has an index that begins with its columns: what is referred to can be removed or looked up from
-- without reading the whole table.
create index refresh_token_session on refresh_token (company_id, session_id);
create index call_queue on call (company_id, queue_id);
