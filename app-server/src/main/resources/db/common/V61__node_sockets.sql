-- How many live sockets each node has, as of its last beat: for administrators.
alter table node add column sockets integer not null default 0;
