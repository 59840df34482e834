-- Owners and their keys. A key is kept as SHA-256: what leaks from here opens nothing.

create table organizations (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now(),
  constraint organizations_name_unique unique (name),
  constraint organizations_name_length check (char_length(name) between 1 and 200)
);

create table api_keys (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  name text not null,
  -- The first letters of the key, shown in lists so that a person can tell keys apart.
  prefix text not null,
  hash bytea not null,
  scopes text[] not null default '{}',
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_hash_unique unique (hash),
  constraint api_keys_hash_is_sha256 check (octet_length(hash) = 32),
  constraint api_keys_name_length check (char_length(name) between 1 and 200)
);
create index api_keys_of_organization on api_keys (organization_id);
