-- What the sign-in library does not keep: our API keys, the count of failed sign-ins, and what happened once.
create table if not exists auth.api_key (
  id text primary key,
  organisation text not null references auth.organization (id) on delete cascade,
  user_id text not null references auth."user" (id) on delete cascade,
  name text not null,
  prefix text not null,
  hash text not null unique,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index if not exists api_key_organisation on auth.api_key (organisation);

-- `account` is the SHA-256 of the e-mail address that was typed: people type passwords into the wrong field.
create table if not exists auth.sign_in_attempt (
  account text not null,
  address text not null,
  failures integer not null,
  last_at timestamptz not null default now(),
  primary key (account, address)
);

create table if not exists auth.once (
  what text primary key,
  at timestamptz not null default now()
);

-- Invitations to become a member. `token_hash` is the SHA-256 of what stands in the link; the link itself is kept nowhere.
create table if not exists auth.member_invitation (
  id text primary key,
  organisation text not null references auth.organization (id) on delete cascade,
  email text not null,
  roles text not null,
  token_hash text not null unique,
  invited_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index if not exists member_invitation_organisation on auth.member_invitation (organisation, created_at);
