alter table lead alter column id set default random_uuid();
