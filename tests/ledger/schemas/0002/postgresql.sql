CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$;
CREATE TABLE public.accounts (
    key integer NOT NULL,
    language text NOT NULL,
    created_on date NOT NULL,
    closed_on date,
    restricted boolean NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.attempts (
    id integer NOT NULL,
    notice integer NOT NULL,
    transport text NOT NULL,
    host text NOT NULL,
    dated_at timestamp with time zone NOT NULL,
    recipients_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.attempts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attempts_id_seq OWNED BY public.attempts.id;
CREATE TABLE public.decisions (
    id integer NOT NULL,
    notice integer NOT NULL,
    kind text NOT NULL,
    successor integer,
    deliveries_root text,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.decisions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decisions_id_seq OWNED BY public.decisions.id;
CREATE TABLE public.deliveries (
    notice integer NOT NULL,
    account integer NOT NULL,
    ref text NOT NULL,
    variant integer NOT NULL,
    though_closed boolean NOT NULL,
    state text NOT NULL,
    claim text,
    lease_until timestamp with time zone,
    attempt integer
);
CREATE TABLE public.erasures (
    id integer NOT NULL,
    account integer NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.erasures_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.erasures_id_seq OWNED BY public.erasures.id;
CREATE TABLE public.imported (
    import integer NOT NULL,
    place integer NOT NULL,
    account integer NOT NULL,
    commitment text NOT NULL
);
CREATE TABLE public.imports (
    id integer NOT NULL,
    accounts_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.imports_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.imports_id_seq OWNED BY public.imports.id;
CREATE TABLE public.leaves (
    seal integer NOT NULL,
    place integer NOT NULL,
    source text NOT NULL,
    "row" integer NOT NULL,
    digest text NOT NULL
);
CREATE TABLE public.notices (
    id integer NOT NULL,
    plan text NOT NULL,
    policy text NOT NULL,
    version text NOT NULL,
    rank bigint NOT NULL,
    version_digest text NOT NULL,
    effective_on date NOT NULL,
    audience integer NOT NULL,
    audience_digest text NOT NULL,
    sender text NOT NULL,
    reply_to text NOT NULL,
    transport text NOT NULL,
    host text NOT NULL,
    variants_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.notices_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notices_id_seq OWNED BY public.notices.id;
CREATE TABLE public.origin (
    id integer NOT NULL,
    ledger text NOT NULL,
    rehearsal boolean NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE TABLE public.outcomes (
    report integer NOT NULL,
    place integer NOT NULL,
    ref text NOT NULL,
    attempt integer,
    state text NOT NULL,
    text text NOT NULL,
    provider_id text NOT NULL,
    happened_at timestamp with time zone NOT NULL
);
CREATE TABLE public.personalizations (
    ref text NOT NULL,
    attempt integer NOT NULL,
    filled text NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.persons (
    account integer NOT NULL,
    id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.raw_reports (
    report integer NOT NULL,
    raw bytea NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.receipts (
    id integer NOT NULL,
    policy text NOT NULL,
    account integer NOT NULL,
    version text NOT NULL,
    rank bigint NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.receipts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.receipts_id_seq OWNED BY public.receipts.id;
CREATE TABLE public.recipients (
    attempt integer NOT NULL,
    place integer NOT NULL,
    ref text NOT NULL,
    account integer NOT NULL,
    commitment text NOT NULL,
    filled text
);
CREATE TABLE public.reports (
    id integer NOT NULL,
    source text NOT NULL,
    raw_digest text,
    outcomes_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.reports_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reports_id_seq OWNED BY public.reports.id;
CREATE TABLE public.seals (
    place integer NOT NULL,
    entries integer NOT NULL,
    root text NOT NULL,
    digest text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE TABLE public.variants (
    notice integer NOT NULL,
    place integer NOT NULL,
    language text NOT NULL,
    since text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL
);
ALTER TABLE ONLY public.attempts ALTER COLUMN id SET DEFAULT nextval('public.attempts_id_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);
ALTER TABLE ONLY public.erasures ALTER COLUMN id SET DEFAULT nextval('public.erasures_id_seq'::regclass);
ALTER TABLE ONLY public.imports ALTER COLUMN id SET DEFAULT nextval('public.imports_id_seq'::regclass);
ALTER TABLE ONLY public.notices ALTER COLUMN id SET DEFAULT nextval('public.notices_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.reports ALTER COLUMN id SET DEFAULT nextval('public.reports_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (3, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (5, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (6, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (2, '', '0001-01-01', NULL, false);
INSERT INTO public.accounts VALUES (4, 'en', '2024-01-31', NULL, true);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.attempts VALUES (1, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', 'ad7f2e1c8b42e95b12cda513af7ea3543dca1e4a7d342428f229b06b8a127db3', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (2, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', 'f9be010c3d4738eac5989ffcf6ef8f0307041f5739c6229778914fe51403eac7', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (3, 3, 'outbox', 'here', '2026-11-23 09:00:00+00', '2c528689d69b06216fb8611b70bf1ab866e76071f1ab5f43a50e9ea6b4fe063c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (1, 1, 'announced', NULL, '5f0c057fb7100c60ab0dff56fc2a41bc6f2f033965586fabb92c09e6c5818e2e', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (2, 1, 'superseded', 2, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (3, 2, 'announced', NULL, '50d0bf745076950c98735980d4a298729b3ece733022ccd432de7aac0eea3d75', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (4, 2, 'superseded', 1, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (5, 1, 'announced', NULL, '5f0c057fb7100c60ab0dff56fc2a41bc6f2f033965586fabb92c09e6c5818e2e', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (6, 3, 'announced', NULL, '25c36460a0ae7322f47807147b07fc233bad49e7365d94649b5dcfd7087afe90', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (7, 3, 'cancelled', NULL, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.deliveries VALUES (2, 1, '490d133c343cca7e0709ab529d7bb78a', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 6, '2950baf6025280353f75eb86786d2afc', 0, false, 'pending', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 3, '2950baf6022a8696ecc887199ad95a8e', 0, false, 'refused', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 1, '2950baf60228e19e162d323e6cddda80', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 2, '2950baf602f733717eb7337a95c91b0d', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 4, '2950baf602e4d94c5725b0b06e4f960a', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 5, '2950baf6028350736a583798b56e9588', 0, false, 'unknown', NULL, NULL, 2);
INSERT INTO public.deliveries VALUES (3, 3, '7c24e5778cea0a9df308a756443a3373', 0, false, 'delivered', NULL, NULL, 3);
INSERT INTO public.deliveries VALUES (3, 4, '7c24e5778c279287f3145317c6a26486', 0, false, 'skipped', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 5, '7c24e5778c1015d941e185ae79a7f8ce', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 6, '7c24e5778c5529ff97bb64e220bd9b4a', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.erasures VALUES (1, 2, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imported VALUES (1, 0, 1, 'a1ce80d4f178f881df256e4104e308a8de724f13b77b1bcef7b42102d2243f03');
INSERT INTO public.imported VALUES (1, 1, 2, '848f6557d75a5c824a76d8ab5b904d575c4b6dddb2a55c7121250a9847393f02');
INSERT INTO public.imported VALUES (1, 2, 3, '5708899290f82d51a4d2960e33c59de41ff7c7fc96383428cfdfb99bb70edc18');
INSERT INTO public.imported VALUES (1, 3, 4, '31a6113addce1d214ef160e43522e08bd613349fe15aac0e2700d5c4c8ed0d5e');
INSERT INTO public.imported VALUES (1, 4, 5, 'eae68a39d5ade1e3d6724a8f97f3a056e1d1bd4b3fdfd8653e534c1bf4ebcd88');
INSERT INTO public.imported VALUES (1, 5, 6, 'bbe25dbfe442304e2b4a1b85c4e30869d669406f5aa7f5abff0f71b6394c9b33');
INSERT INTO public.imported VALUES (2, 0, 4, 'ab24ed05f7b85a4917047cf3a8d3c1d71f260752c2e27e578c6c07b58e96720b');
INSERT INTO public.imports VALUES (1, '50bd70ef6c672495111ac242bdd96493b593a379e65af40183d69bcd6c71f1f1', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imports VALUES (2, '1f257bfd14707aadbd7de398948a40fec74ef198d0dd128687a148d58c5e0c30', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.leaves VALUES (1, 0, 'origin', 1, '73c0e62f576e1b714416bbcb0ce8ff250682e30f14c2fada45dc07387167ad5b');
INSERT INTO public.leaves VALUES (1, 1, 'imports', 1, 'ecadd2249d8bc235a5caaffab44942e5a50e9d7beec17d37e32b946161e40d30');
INSERT INTO public.leaves VALUES (1, 2, 'notices', 1, '31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO public.leaves VALUES (1, 3, 'notices', 2, 'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO public.leaves VALUES (1, 4, 'decisions', 1, 'd9a0c9e7780d59683f133aa501d5f32a748dd9236e4c25c1c4a7002e3cc33578');
INSERT INTO public.leaves VALUES (1, 5, 'decisions', 2, '7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO public.leaves VALUES (1, 6, 'decisions', 3, '8effd12a602066dc5efc307d5f893084732ffbbf6ae5308424feafcfff4d5dee');
INSERT INTO public.leaves VALUES (1, 7, 'decisions', 4, '71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO public.leaves VALUES (1, 8, 'decisions', 5, '2f4f25ce13b5508202bf5fabd625f1a751d5713285a6786487b587531258eadd');
INSERT INTO public.leaves VALUES (1, 9, 'attempts', 1, '556818b80e8da9b988eebea2cdb2608a9b7b38670ce1634fcd60d3461aad3c44');
INSERT INTO public.leaves VALUES (1, 10, 'attempts', 2, '7e2823edfcdd1c478f78a58b7443b5a82f077e9865f93ffa429d209ee1cc484a');
INSERT INTO public.leaves VALUES (1, 11, 'reports', 1, '40548c01bd8e18cc8c5faea5e644a560e0b6fb3e053dce1fe1deac6e15ec3cee');
INSERT INTO public.leaves VALUES (1, 12, 'reports', 2, 'ec94fc17c0693f49248de3023f6617e0e55d7dfe470e688f1acf9edceff08d88');
INSERT INTO public.leaves VALUES (1, 13, 'reports', 3, '6f41fca218437c034287e9823ac4aecfed1349cfe6abaa7aac7123a87310d929');
INSERT INTO public.leaves VALUES (1, 14, 'receipts', 1, 'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO public.leaves VALUES (1, 15, 'receipts', 2, '696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO public.leaves VALUES (2, 0, 'imports', 2, '61015592758cc6ced759350897dcbe27f5b7c41d9841d5d87739961e37bed6e2');
INSERT INTO public.leaves VALUES (2, 1, 'erasures', 1, 'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO public.leaves VALUES (2, 2, 'notices', 3, '329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO public.leaves VALUES (2, 3, 'decisions', 6, 'c37249b6760b2d3b8ef3b0481891a20fa99d0f9b500b1c5853992b194e98ca0c');
INSERT INTO public.leaves VALUES (2, 4, 'decisions', 7, '267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO public.leaves VALUES (2, 5, 'attempts', 3, 'a5d3b99a0cb444595343eacd6eb82d636507f16df4b869cb7a2e49ef42821ce3');
INSERT INTO public.leaves VALUES (2, 6, 'reports', 4, 'c386a73078952b8684d11188bcd7315043f2af8c9fc2af2c7df0945ee5d566bd');
INSERT INTO public.leaves VALUES (2, 7, 'reports', 5, '42a0ccf7a921d3e44fe0b7477a7277e1f1e8bfca0d933515f3da03b3d44347d7');
INSERT INTO public.leaves VALUES (2, 8, 'reports', 6, '096846b6137960cb1044f4690f3c67d487921bf61e538422b89d1315bcabb02c');
INSERT INTO public.notices VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (2, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 1, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (3, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'privacy', '3.0.0', 3000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 4, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.origin VALUES (1, '6f2f7c68a05182e5245dfa4ce6f95d2f', false, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 0, '2950baf60228e19e162d323e6cddda80', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 1, '2950baf602f733717eb7337a95c91b0d', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 2, '2950baf6022a8696ecc887199ad95a8e', 1, 'refused', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 3, '2950baf602e4d94c5725b0b06e4f960a', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 0, '2950baf60228e19e162d323e6cddda80', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 1, '2950baf602f733717eb7337a95c91b0d', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 2, '2950baf6022a8696ecc887199ad95a8e', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 3, '2950baf602e4d94c5725b0b06e4f960a', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (3, 0, '2950baf6028350736a583798b56e9588', 2, 'unknown', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (4, 0, '7c24e5778cea0a9df308a756443a3373', 3, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (5, 0, '7c24e5778cea0a9df308a756443a3373', 3, 'delivered', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (6, 0, '7c24e5778c279287f3145317c6a26486', NULL, 'skipped', 'restricted', '', '2026-11-23 09:00:00+00');
INSERT INTO public.personalizations VALUES ('2950baf60228e19e162d323e6cddda80', 1, '{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}', '\x01c7236f08c37b2644aa3fa2147b9bedd7a2f4437d1cc2997b3270e86b70cf93');
INSERT INTO public.personalizations VALUES ('2950baf6022a8696ecc887199ad95a8e', 1, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\x986c91fcf3ce150d10fa427e1e1f22a4b1e046642e155951b38887c439e61484');
INSERT INTO public.personalizations VALUES ('2950baf602e4d94c5725b0b06e4f960a', 1, '{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}', '\xb9f5c0e07e450b868b6962312ee78d37531d107e45599ec57289358683bea5ce');
INSERT INTO public.personalizations VALUES ('2950baf6028350736a583798b56e9588', 2, '{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}', '\x919b7c4096c2637e06f483cb25e1bf536457319ec5e6e115d487cbe16e54cbad');
INSERT INTO public.personalizations VALUES ('7c24e5778cea0a9df308a756443a3373', 3, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\x4bd3b9e52c65be0a61f067b15f83de56ca67b695be3303d6b0e446183c0ba71a');
INSERT INTO public.persons VALUES (1, 'client-1', 'person1@example.com', 'Person Number 1', '\xb6f85cc4b7087a1496d986c6d984f01681230c932fceaa2559d710c887815185');
INSERT INTO public.persons VALUES (3, 'client-3', 'person3@example.com', 'Person Number 3', '\x4a254cd559d253f7cc3afdaec5233034897e484fe706f036f82ab13609a6e240');
INSERT INTO public.persons VALUES (5, 'client-5', 'person5@example.com', 'Person Number 5', '\x9c611ddcb63c3da0df85f0029503c3243cebf6dd25c7ba0577eadef3ab3d4322');
INSERT INTO public.persons VALUES (6, 'client-6', 'person6@example.com', 'Person Number 6', '\xfd0d540cb0a38844b8245f0dd3cefcb7ab5d3609407ce8f1d32bec255529241d');
INSERT INTO public.persons VALUES (4, 'client-4', 'person4@example.com', 'Person Number 4', '\x4dc57801b6bee00d6028764757533f21c820b2df7fb1dfc19f7a9c559e19f92a');
INSERT INTO public.raw_reports VALUES (5, '\x5b7b7d5d', '\x6316c3df99b4271d04d9eb0de46acc0f4cb2b9624bc579e19ec9ce78ae55e452');
INSERT INTO public.receipts VALUES (1, 'privacy', 1, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.receipts VALUES (2, 'privacy', 2, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.recipients VALUES (1, 0, '2950baf60228e19e162d323e6cddda80', 1, '58a067e99437167b439bdbafb71625f7ca05b790ce7610afcd20e6225379329b', '63cbe55992e6c9eeba84221126af41ea33327e2ca8a0e4e14113f534e7c92df2');
INSERT INTO public.recipients VALUES (1, 1, '2950baf602f733717eb7337a95c91b0d', 2, '937f00d8605db981415636331fb09966ca466689b642fd171fe0f399a152f421', 'ed0b5a368ca69e9c1e22ce78dc514ba3346054b47907966c29ad1f6d101860e7');
INSERT INTO public.recipients VALUES (1, 2, '2950baf6022a8696ecc887199ad95a8e', 3, '2716c7e250920a2b56dc4db9f1c298b8fd5bc18f1460f51e3d4085f350e9daab', 'f2502a3bfca155839f21a64b6b200ba84ab957f590004dd0b9e631dc6b706aa6');
INSERT INTO public.recipients VALUES (1, 3, '2950baf602e4d94c5725b0b06e4f960a', 4, 'b7d388e7cd5a229f965f9ecc6f8300169366f0fcbf58b96e0ac6ff014ffc4cf6', 'b39825657fa97cdbe08820488f8deaaac53e50bdbe69ce53c048e491a5cdb259');
INSERT INTO public.recipients VALUES (2, 0, '2950baf6028350736a583798b56e9588', 5, '0d32865dafef9efdb0683f5f41f409d46c0457604570beba84f1081fa9b675fe', 'e98389737e54162d853b7168842115bf44896dad3186c9a9dd471585fbf09a56');
INSERT INTO public.recipients VALUES (3, 0, '7c24e5778cea0a9df308a756443a3373', 3, '66e456190e7e7e98305c17a93843147891d2c19be1ef4d7ef73105019a459756', 'a60688cfa29bb63c3d7123b3b68083669459d14cea0bf9058a19ca8bbbbb090c');
INSERT INTO public.reports VALUES (1, 'outbox', NULL, '88a54295f50dd39f71e8c803c937c3d2452a9cc8c38646457deec9ec2edd9e02', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (2, 'outbox', NULL, '5097298348a2e55e7f17935856e0f307020413f354052f984dec5034b460411f', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (3, 'outbox', NULL, 'cae3084ff207161005ac330bd78772d550d6d3b726526dfc60866b2ef080097c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (4, 'outbox', NULL, 'b0f759872fe289ce88b6c916c7fa9d878ce3383814e592d6577085d4e2eb94d2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (5, 'sendgrid', '2ce6b3000b6dccd23823b25079820bd84eb4ffdfb1735202bb60de0a2d041978', 'c5ed1109f55ffd0d5c64ff402afa43e7200d82e0714abfbc7cab6d8f7207ba2b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (6, 'claim', NULL, 'fa452fbe20b68d317911e75fad460fbbd1852c48d7d448ee662426e6fd923a0d', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (1, 16, '8089dcf9fe27423d38ef83ffbda23221342b2091069ae8517d157b8e57c0a0f2', '75cba5fe668fe6a33ab1115f6267ac7d6be2b6ae4f39709df4df8433d815c2e1', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (2, 9, '875539758f5ddba84ba744a21e889b62457e36a57fe38d850f4a07515d428d14', '1204b215dd86841c0c879736c166c8f54e61303a51fd7f5d560fe38344cf8e1a', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.variants VALUES (1, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (1, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (2, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (2, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (3, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (3, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
SELECT pg_catalog.setval('public.attempts_id_seq', 3, true);
SELECT pg_catalog.setval('public.decisions_id_seq', 7, true);
SELECT pg_catalog.setval('public.erasures_id_seq', 1, true);
SELECT pg_catalog.setval('public.imports_id_seq', 2, true);
SELECT pg_catalog.setval('public.notices_id_seq', 3, true);
SELECT pg_catalog.setval('public.receipts_id_seq', 2, true);
SELECT pg_catalog.setval('public.reports_id_seq', 6, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (key);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT pk_attempts PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (notice, account);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT pk_erasures PRIMARY KEY (id);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT pk_imported PRIMARY KEY (import, place);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT pk_imports PRIMARY KEY (id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT pk_leaves PRIMARY KEY (seal, place);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT pk_notices PRIMARY KEY (id);
ALTER TABLE ONLY public.origin
    ADD CONSTRAINT pk_origin PRIMARY KEY (id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT pk_outcomes PRIMARY KEY (report, place);
ALTER TABLE ONLY public.personalizations
    ADD CONSTRAINT pk_personalizations PRIMARY KEY (ref, attempt);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT pk_persons PRIMARY KEY (account);
ALTER TABLE ONLY public.raw_reports
    ADD CONSTRAINT pk_raw_reports PRIMARY KEY (report);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT pk_receipts PRIMARY KEY (id);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT pk_recipients PRIMARY KEY (attempt, place);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (id);
ALTER TABLE ONLY public.seals
    ADD CONSTRAINT pk_seals PRIMARY KEY (place);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT pk_variants PRIMARY KEY (notice, place);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT uq_deliveries_ref UNIQUE (ref);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT uq_erasures_account UNIQUE (account);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT uq_leaves_source UNIQUE (source, "row");
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT uq_notices_plan UNIQUE (plan);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT uq_persons_id UNIQUE (id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind);
CREATE INDEX ix_decisions_notice ON public.decisions USING btree (notice);
CREATE INDEX ix_deliveries_claimed ON public.deliveries USING btree (state, notice, lease_until) WHERE (state = 'claimed'::text);
CREATE INDEX ix_deliveries_pending ON public.deliveries USING btree (state, notice, variant, account) WHERE (state = 'pending'::text);
CREATE INDEX ix_deliveries_unknown ON public.deliveries USING btree (state, notice, attempt) WHERE (state = 'unknown'::text);
CREATE INDEX ix_imported_account ON public.imported USING btree (account);
CREATE INDEX ix_notices_policy ON public.notices USING btree (policy, rank);
CREATE INDEX ix_outcomes_ref ON public.outcomes USING btree (ref);
CREATE INDEX ix_recipients_ref ON public.recipients USING btree (ref);
CREATE TRIGGER attempts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attempts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER decisions_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER erasures_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.erasures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imported_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imported FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER leaves_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.leaves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER notices_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.notices FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER origin_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.origin FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER outcomes_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.outcomes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER receipts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER recipients_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.recipients FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER reports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.reports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER seals_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.seals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER variants_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.variants FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT fk_attempts_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_successor FOREIGN KEY (successor) REFERENCES public.notices(id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT fk_erasures_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_import FOREIGN KEY (import) REFERENCES public.imports(id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT fk_leaves_seal FOREIGN KEY (seal) REFERENCES public.seals(place);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT fk_outcomes_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT fk_outcomes_report FOREIGN KEY (report) REFERENCES public.reports(id);
ALTER TABLE ONLY public.personalizations
    ADD CONSTRAINT fk_personalizations_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT fk_persons_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.raw_reports
    ADD CONSTRAINT fk_raw_reports_report FOREIGN KEY (report) REFERENCES public.reports(id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT fk_receipts_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT fk_recipients_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT fk_recipients_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT fk_variants_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
