-- The version of the last change of skills, extension or queues; the state counts the version up as well.
alter table agent add column rules_version bigint not null default 1;
