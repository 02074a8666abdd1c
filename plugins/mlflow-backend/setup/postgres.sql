-- The role that the portal works as. Run it as a superuser, or as the admin of a
-- managed server, and then set its password, which stays out of logs and history:
--
--   psql -h postgres.example.com -U postgres -d postgres -f postgres.sql
--   psql -h postgres.example.com -U postgres -d postgres -c '\password mlflow_provisioner'
--
-- It makes a role and two databases for each instance and reaches no others: no
-- superuser, no replication, past no row security. Running it again changes
-- nothing. Before PostgreSQL 16 CREATEROLE reaches every role that is no superuser.
SELECT 'CREATE ROLE mlflow_provisioner'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mlflow_provisioner') \gexec
ALTER ROLE mlflow_provisioner LOGIN CREATEDB CREATEROLE;
