insert into skill (company_id, id, name, live_name)
select company_id, random_uuid(), skill, skill from (
    select company_id, skill from agent_skill union select company_id, skill from queue_skill
) known;
