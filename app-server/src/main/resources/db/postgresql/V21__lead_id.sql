alter table lead alter column id set default gen_random_uuid();
