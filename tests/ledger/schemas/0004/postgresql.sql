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
CREATE TABLE public.answers (
    caller text NOT NULL,
    key text NOT NULL,
    request text NOT NULL,
    answer text NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE TABLE public.api_keys (
    id integer NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    digest text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.api_keys_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_keys_id_seq OWNED BY public.api_keys.id;
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
CREATE TABLE public.consents (
    id integer NOT NULL,
    policy text NOT NULL,
    account integer NOT NULL,
    version text NOT NULL,
    purpose text NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    ref text,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.consents_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.consents_id_seq OWNED BY public.consents.id;
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
CREATE TABLE public.forwardings (
    id integer NOT NULL,
    objection integer NOT NULL,
    transport text NOT NULL,
    host text NOT NULL,
    state text NOT NULL,
    text text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.forwardings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.forwardings_id_seq OWNED BY public.forwardings.id;
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
CREATE TABLE public.instances (
    id integer NOT NULL,
    place text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.instances_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.instances_id_seq OWNED BY public.instances.id;
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
CREATE TABLE public.objection_texts (
    objection integer NOT NULL,
    text text NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.objections (
    id integer NOT NULL,
    policy text NOT NULL,
    account integer NOT NULL,
    version text NOT NULL,
    commitment text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    ref text,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.objections_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.objections_id_seq OWNED BY public.objections.id;
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
CREATE TABLE public.posts (
    id integer NOT NULL,
    source text NOT NULL,
    raw bytea NOT NULL,
    tried integer NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.posts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.posts_id_seq OWNED BY public.posts.id;
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
    heard_at timestamp with time zone NOT NULL,
    shown text,
    ref text
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
    heard_at timestamp with time zone NOT NULL,
    decision integer
);
CREATE SEQUENCE public.reports_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reports_id_seq OWNED BY public.reports.id;
CREATE TABLE public.revocations (
    id integer NOT NULL,
    key integer NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.revocations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.revocations_id_seq OWNED BY public.revocations.id;
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
ALTER TABLE ONLY public.api_keys ALTER COLUMN id SET DEFAULT nextval('public.api_keys_id_seq'::regclass);
ALTER TABLE ONLY public.attempts ALTER COLUMN id SET DEFAULT nextval('public.attempts_id_seq'::regclass);
ALTER TABLE ONLY public.consents ALTER COLUMN id SET DEFAULT nextval('public.consents_id_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);
ALTER TABLE ONLY public.erasures ALTER COLUMN id SET DEFAULT nextval('public.erasures_id_seq'::regclass);
ALTER TABLE ONLY public.forwardings ALTER COLUMN id SET DEFAULT nextval('public.forwardings_id_seq'::regclass);
ALTER TABLE ONLY public.imports ALTER COLUMN id SET DEFAULT nextval('public.imports_id_seq'::regclass);
ALTER TABLE ONLY public.instances ALTER COLUMN id SET DEFAULT nextval('public.instances_id_seq'::regclass);
ALTER TABLE ONLY public.notices ALTER COLUMN id SET DEFAULT nextval('public.notices_id_seq'::regclass);
ALTER TABLE ONLY public.objections ALTER COLUMN id SET DEFAULT nextval('public.objections_id_seq'::regclass);
ALTER TABLE ONLY public.posts ALTER COLUMN id SET DEFAULT nextval('public.posts_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.reports ALTER COLUMN id SET DEFAULT nextval('public.reports_id_seq'::regclass);
ALTER TABLE ONLY public.revocations ALTER COLUMN id SET DEFAULT nextval('public.revocations_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (3, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (5, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (6, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (2, '', '0001-01-01', NULL, false);
INSERT INTO public.accounts VALUES (4, 'en', '2024-01-31', NULL, true);
INSERT INTO public.alembic_version VALUES ('0004');
INSERT INTO public.answers VALUES ('key 1', 'first', 'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr', '{"receipts": 1, "consents": 2, "objections": 2, "again": false}', '2026-11-23 09:00:00+00');
INSERT INTO public.api_keys VALUES (1, 'portal', 'read record', 'f1bccf33d7d37767f30ec439f3407673847e09077fd1bc5dadc9b83f0db11d72', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.api_keys VALUES (2, 'old', 'read', '4978d2161096d387a9525065be3551853859ca733da22d90b3ff14aab7f5fd65', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (1, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '4fd915ca853c4d256976bb2d25e13ee4d44d7c6a89f36f7c57533620b3d86eb9', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (2, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '13afcf4ca453b5858bd9e7d6753e70f20527a88b5332f7960d6f5c601ce9effc', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (3, 3, 'outbox', 'here', '2026-11-23 09:00:00+00', 'c9fa373089f7651342dad262cb6e9bc07a514df15953c7db41422da282214c25', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.consents VALUES (1, 'privacy', 1, '3.0.0', '', 'given', 'I consent to version 3.0.0.', 'en', 'link', NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.consents VALUES (2, 'privacy', 3, '3.0.0', 'news', 'refused', 'I consent to version 3.0.0.', 'en', 'link', NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (1, 1, 'announced', NULL, 'b4b63ed75f1b7f4d07966bfc66b5a61b9176d9e2bddc4d48c58fb8edaefd311b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (2, 1, 'superseded', 2, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (3, 2, 'announced', NULL, 'e53973ab62d7781b5ad76e2671f94679365d9c006fed48cd32a35f51497d169d', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (4, 2, 'superseded', 1, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (5, 1, 'announced', NULL, 'b4b63ed75f1b7f4d07966bfc66b5a61b9176d9e2bddc4d48c58fb8edaefd311b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (6, 3, 'announced', NULL, '90d615b3b149dda32700e551d9c451047a75bc66985ec4cd75ed76e50cd16dc8', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (7, 3, 'cancelled', NULL, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.deliveries VALUES (2, 1, 'ccf3157aa992b243a949bfb289d181c5', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 6, '466d320172c7c639c18b29ec0a93529e', 0, false, 'pending', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 3, '466d3201727c4d2021d725fcac282337', 0, false, 'refused', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 1, '466d32017207a6e54283b0c0107c220b', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 2, '466d320172e0cf12464ba90f514bbd3f', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 4, '466d3201724bd87292060a210d7c61a7', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 5, '466d3201725de2d5c390fa641c7c9247', 0, false, 'unknown', NULL, NULL, 2);
INSERT INTO public.deliveries VALUES (3, 3, 'e7f8ff0f17a5580524de116f063de6f9', 0, false, 'delivered', NULL, NULL, 3);
INSERT INTO public.deliveries VALUES (3, 4, 'e7f8ff0f17e1d296c624131ce3789ff6', 0, false, 'skipped', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 5, 'e7f8ff0f1753583bb912588fedc3e133', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 6, 'e7f8ff0f1775136f255def69919b1784', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.erasures VALUES (1, 2, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.forwardings VALUES (1, 1, 'outbox', 'here', 'accepted', 'taken', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imported VALUES (1, 0, 1, 'ba12428d4e9fd29ce1cc117f61e7098b3f566a932849cc650faac19cdb890e47');
INSERT INTO public.imported VALUES (1, 1, 2, 'add98d8da9fc882673d21fcf1abd7c216e27b9d91d6c3ba3fdeafbb9bd5c96f2');
INSERT INTO public.imported VALUES (1, 2, 3, 'aed104836f139bbdc6641cd790632af96e06c16cb655270e92738cb4131a58c5');
INSERT INTO public.imported VALUES (1, 3, 4, '24014ba347cfe6df88cf69b045fc3bc1a7882607b4d418a234b3991ae5b48fa0');
INSERT INTO public.imported VALUES (1, 4, 5, '4a89c3719d30c1e8db7b4c1e9684a157162149f845717d22d57294bb77e35e08');
INSERT INTO public.imported VALUES (1, 5, 6, '0534e878c44b0eee251df24d2548d48815c6c590736d28548600479414311896');
INSERT INTO public.imported VALUES (2, 0, 4, 'a1f2271fc3ad9743b760b5c6c92597afab768b938073aec709c3b557ba7e9838');
INSERT INTO public.imports VALUES (1, '9dffabc0b8de33b88b894bd2f0a24b813d0093654700067d5686bc308ad56bfb', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imports VALUES (2, '54422f031dc615c7b8c99d30f29795a534d0a15e4ea658b8bbfb109d6db6710b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.instances VALUES (1, 'server 7713225538790607880, database 5', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.leaves VALUES (1, 0, 'origin', 1, '5c25c29ddf2088caaaf43f60673c4056f6d40ffe96e06d898971d5e343fe46e9');
INSERT INTO public.leaves VALUES (1, 1, 'instances', 1, '1c45aee115e0a42e84f9c4932ebba1e3484fdd9c2a6c9c2b4b87c7ee8364c73a');
INSERT INTO public.leaves VALUES (2, 0, 'imports', 1, '3043885e2165a8e618e2d2ce270834f30eeef16774652e6ca5e149d7829733ce');
INSERT INTO public.leaves VALUES (2, 1, 'notices', 1, '31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO public.leaves VALUES (2, 2, 'notices', 2, 'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO public.leaves VALUES (2, 3, 'decisions', 1, '926f4112fd4ad0903e61323f30a8faae3cb11e1fb4947b51b108d8ee552c1eb0');
INSERT INTO public.leaves VALUES (2, 4, 'decisions', 2, '7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO public.leaves VALUES (2, 5, 'decisions', 3, 'a4ec3598828d923ab0e478e31e3aeca1abe5f792f1d5cd4eff95239ddebf9b06');
INSERT INTO public.leaves VALUES (2, 6, 'decisions', 4, '71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO public.leaves VALUES (2, 7, 'decisions', 5, '65f3ceb3bc2ec0aa2ff7b2e0c3325dc6a192b225bc5c0a5b28780ee6b7685e95');
INSERT INTO public.leaves VALUES (2, 8, 'attempts', 1, 'c6d86abc5681aada7c73fbbca5f652c31929b5f3242e17dcfef5454e5eb05b33');
INSERT INTO public.leaves VALUES (2, 9, 'attempts', 2, 'df41ea7a51d3fd4464f5b45b1316bdffb4ce9ec5b3dd347a109ffad474fef7ff');
INSERT INTO public.leaves VALUES (2, 10, 'reports', 1, '4573dfa659ad116a60efb3bf5e8a24458d8d6edcd7abda3b18010008a6aaf7be');
INSERT INTO public.leaves VALUES (2, 11, 'reports', 2, '8e1a8bbb30fb1b45be27d3186ec1251b0d18108e019bc2b4ed3adc5ec769fcbb');
INSERT INTO public.leaves VALUES (2, 12, 'reports', 3, '4ebd1c9646528b11b462dfc28cbc2e935a9c9c365472bd3a8190da67dba37c4e');
INSERT INTO public.leaves VALUES (2, 13, 'receipts', 1, 'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO public.leaves VALUES (2, 14, 'receipts', 2, '696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO public.leaves VALUES (3, 0, 'imports', 2, '4dc3d3f8deb42ec9959a966ce5d207e1e2ebb8c84e843221fe665c455d612213');
INSERT INTO public.leaves VALUES (3, 1, 'erasures', 1, 'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO public.leaves VALUES (3, 2, 'notices', 3, '329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO public.leaves VALUES (3, 3, 'decisions', 6, '219c0820f8f37faee97650bf1baa000a1294c7d4c28dd33adc78b542394bf3ca');
INSERT INTO public.leaves VALUES (3, 4, 'decisions', 7, '267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO public.leaves VALUES (3, 5, 'attempts', 3, '9a5d84c7ea46fbdd70fa25ae3e8ccb3906ef5789d2c05652f54702fa271e613e');
INSERT INTO public.leaves VALUES (3, 6, 'reports', 4, '418749ee7f2388c58b1d12265151b791ebb2bafd951ee0399e31927c3a245a12');
INSERT INTO public.leaves VALUES (3, 7, 'reports', 5, '0e639ca71f84bade3093cf8c535630e7276a24bbd03108654c0495735f2371f5');
INSERT INTO public.leaves VALUES (3, 8, 'reports', 6, 'c59003ce6b40d184a0289ca6b94888453f9ce1415faef5a5af580a11cd2245dd');
INSERT INTO public.leaves VALUES (3, 9, 'receipts', 3, '4c8397a06f6d2cb45c4293a5e71ec3d70c2833cf57ec505c5d96b5dcaa98d57f');
INSERT INTO public.leaves VALUES (3, 10, 'consents', 1, 'b145bbd064d9ed97a7454f2952fc17180df825c09933b25ed3b1f3bd163ba8e3');
INSERT INTO public.leaves VALUES (3, 11, 'consents', 2, '394f77ba4c3ae5b1a8e68545be5aaddafb37c0993fcc23b20f4f35457b4a8717');
INSERT INTO public.leaves VALUES (3, 12, 'objections', 1, '7e4cbca6ea74101a131902c41d6a4b38a4c56ad853b9f8ad569e078b3e478eeb');
INSERT INTO public.leaves VALUES (3, 13, 'objections', 2, '3d45ceafec187714c9c462f9c6a640069a27bffa536044afc3d7095606b08982');
INSERT INTO public.leaves VALUES (3, 14, 'forwardings', 1, '30f2f57933ad51e8f7fb3c4938ca4747a9c935de8be245a2b4928a9e76192769');
INSERT INTO public.leaves VALUES (3, 15, 'api_keys', 1, 'cc60a3ffe7532dda1c2dda058d766746f33116588b6f8476a49b7f4c86669886');
INSERT INTO public.leaves VALUES (3, 16, 'api_keys', 2, '8a6b5d37d4eb44d81a3e82386ea785b17d2c1b26ae4ddac874d08e05fa6c5682');
INSERT INTO public.leaves VALUES (3, 17, 'revocations', 1, 'ddf3936133de0c39bc47ced5c5d40be52b12b1927870711ca7b2be1c4d149eb3');
INSERT INTO public.notices VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (2, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 1, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (3, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'privacy', '3.0.0', 3000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 4, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.objection_texts VALUES (1, 'I do not want this.', '\x168845d28f3c2f02a9aeedf0d3d4137f760bb79ea261923c83baeea03e2dae22');
INSERT INTO public.objections VALUES (1, 'privacy', 1, '2.0.0', '1e821cdabc4f5b17a6623774d58b9d9accd414d34fb131042f32faff763ec4eb', '', '', NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.objections VALUES (2, 'privacy', 2, '2.0.0', '09ca34c9a78955dac63fc933755cf26f3e9d1586b127673210943018c7297d67', '', '', NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.origin VALUES (1, '29127d30236668eda03d356367999e1c', false, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 0, '466d32017207a6e54283b0c0107c220b', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 1, '466d320172e0cf12464ba90f514bbd3f', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 2, '466d3201727c4d2021d725fcac282337', 1, 'refused', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 3, '466d3201724bd87292060a210d7c61a7', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 0, '466d32017207a6e54283b0c0107c220b', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 1, '466d320172e0cf12464ba90f514bbd3f', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 2, '466d3201727c4d2021d725fcac282337', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 3, '466d3201724bd87292060a210d7c61a7', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (3, 0, '466d3201725de2d5c390fa641c7c9247', 2, 'unknown', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (4, 0, 'e7f8ff0f17a5580524de116f063de6f9', 3, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (5, 0, 'e7f8ff0f17a5580524de116f063de6f9', 3, 'delivered', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (6, 0, 'e7f8ff0f17e1d296c624131ce3789ff6', NULL, 'skipped', 'restricted', '', '2026-11-23 09:00:00+00');
INSERT INTO public.personalizations VALUES ('466d32017207a6e54283b0c0107c220b', 1, '{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com", "link": ""}', '\x20674cc3c0bd2577d590b0fde80d1bb8d24005fd9d57e4b18e28c5a6d823d1c7');
INSERT INTO public.personalizations VALUES ('466d3201727c4d2021d725fcac282337', 1, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com", "link": ""}', '\xf47b5ffca33b083f34e8f4c2d2647d823156e5abfd1110c233584a4ff448c991');
INSERT INTO public.personalizations VALUES ('466d3201724bd87292060a210d7c61a7', 1, '{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com", "link": ""}', '\x0c36cb4662a47817f1d5b9537abc117f57307117b79326e3ff66a87f2459a8b9');
INSERT INTO public.personalizations VALUES ('466d3201725de2d5c390fa641c7c9247', 2, '{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com", "link": ""}', '\x04c4e7499ff85854b51921daf160a51be878810191bce0dd370708ee12fed38b');
INSERT INTO public.personalizations VALUES ('e7f8ff0f17a5580524de116f063de6f9', 3, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com", "link": ""}', '\xe713827382ce353de703f428fd260b15b7648b15cf9c30c830a3413ee9dde459');
INSERT INTO public.persons VALUES (1, 'client-1', 'person1@example.com', 'Person Number 1', '\x3167121944aa0be765001de3767208525418d913b32378e2b8f5e211d5377292');
INSERT INTO public.persons VALUES (3, 'client-3', 'person3@example.com', 'Person Number 3', '\x49564ab7f4c7273687618ce31c6860549710741c6c9399f82a4ede0ad5d866da');
INSERT INTO public.persons VALUES (5, 'client-5', 'person5@example.com', 'Person Number 5', '\x2f8d34ffbe6144f41cbec1d20e944b46116907efe45434e2909b3079787d7bc1');
INSERT INTO public.persons VALUES (6, 'client-6', 'person6@example.com', 'Person Number 6', '\x8428942bd21f5c42a292d53fb3541aac5b4ac31202d2b75ea30b3bf4d9d91838');
INSERT INTO public.persons VALUES (4, 'client-4', 'person4@example.com', 'Person Number 4', '\x0bd05059bc253649e9f30b28f27417b661b7c9c17aa0e7a6c83b814747757f44');
INSERT INTO public.posts VALUES (1, 'sendgrid', '\x5b5d', 0, '2026-11-23 09:00:00+00');
INSERT INTO public.raw_reports VALUES (5, '\x5b7b7d5d', '\x562a3e5a41dd9b4c6feffb6f99cd29eb4c3d206278d9aaad19d4104930ebedaf');
INSERT INTO public.receipts VALUES (1, 'privacy', 1, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL, NULL);
INSERT INTO public.receipts VALUES (2, 'privacy', 2, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL, NULL);
INSERT INTO public.receipts VALUES (3, 'privacy', 3, '2.0.0', 2000000000000, 'confirmed', 'en', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', 'words-1:aa', 'a-delivery');
INSERT INTO public.recipients VALUES (1, 0, '466d32017207a6e54283b0c0107c220b', 1, 'd8cafa6cfbb1ed1663dafdd581dd6f0d2cb78be521bf138ad0744a7dd5aaf3c7', 'c945483cd90b0cc95f10b87da1e117837327ff8f6ef898a4ba2a4986fc427247');
INSERT INTO public.recipients VALUES (1, 1, '466d320172e0cf12464ba90f514bbd3f', 2, '435cb6740cf0d7e5fc509cbdc389fd776f6d8817220b57b113b38c60c8b47312', 'f0d411ed60b9e63d9d184730008b6f6400b76d69284afd55f830761435b8d3b1');
INSERT INTO public.recipients VALUES (1, 2, '466d3201727c4d2021d725fcac282337', 3, '817e82e5f975b8c3f470491629fc4e9d246a9b948160f313e30969a9fecc95d6', '9f74b812f8a1528221244404ef01e6f1da5e126dfc717c945fd4c8023d39f14d');
INSERT INTO public.recipients VALUES (1, 3, '466d3201724bd87292060a210d7c61a7', 4, '46d8959b53bb4b36e40903f0c29e707fc0e67476e77df06aec36b225c4b3b1f4', '495eb280adae26cd9caf333a555685b6633c9aad52e6d7e49e1d846277877978');
INSERT INTO public.recipients VALUES (2, 0, '466d3201725de2d5c390fa641c7c9247', 5, 'c258d6080908d9f3a71461753a66c472220d044379478c18b708ae314370509d', '7568de77af23f3bb4a0f86907ab746848657789eb64064e7dc70e389aa6e88cf');
INSERT INTO public.recipients VALUES (3, 0, 'e7f8ff0f17a5580524de116f063de6f9', 3, '923f12b0fe39c5c687b95cd729665be3a46939af7af21a3a686172718a00f9ae', 'fc13ae7c8806fcc69ac3aaf7abfe74cee6854b9967b01b8330fd00672f144a68');
INSERT INTO public.reports VALUES (1, 'outbox', NULL, '7570dbbce2a6735bc63db44735a12fd9114f3665786a88fda9867d513ecb9ad3', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (2, 'outbox', NULL, '60c16b333e0b4f6db258d85faa736b9410dd90490eaf141c6b949982126508d5', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (3, 'outbox', NULL, 'df0d136af137d55915377eaa85d8cc8db2e5ae2c0db7aa73df8f3b8919dae370', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (4, 'outbox', NULL, 'd0d91dd3cc180ded58be16fd18800eda18493234213464b71afa4c0fa929189b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (5, 'sendgrid', 'a8f8341eb7bfa51fd3f3b8739f989610d131b6d5c35e6994a7f9e33672d7d25d', 'f13a9e30741d9e32e6bd7e45f88f273a3dd0c3926800de23ebd21b143133049e', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (6, 'claim', NULL, 'f2071d9ef1593ea5364ccbe253128eef2b02f5af9e3380633bfce27129e88e87', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', 6);
INSERT INTO public.revocations VALUES (1, 2, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (1, 2, '0b50eab40da88e7f9cd8d9747477ecd52c6fb974a4700cddbec48dca39695808', '43cd6d8b7e5aa5485e586025b7f8e7715f45805bb5f244f5770c9f001547ff4a', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (2, 15, '6c9eb5c2ad5d8bb6b05a806082b2ad0dc6bca45d70bbd049196da46b7ed36bb3', 'eec84af95c9b8679724e99b0d1f7e0281ec0c0cf5bb7811c6dfacba909fe3447', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (3, 18, '816292bc0ac6870ce57856725584fe060d6d983db91810f6ead9e6dc62d7015b', '5f4493c3b093d5c6e507e3aadbcd9621c991adfc7e762f148a8e2e357d221ecc', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.variants VALUES (1, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (1, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (2, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (2, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (3, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (3, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
SELECT pg_catalog.setval('public.api_keys_id_seq', 2, true);
SELECT pg_catalog.setval('public.attempts_id_seq', 3, true);
SELECT pg_catalog.setval('public.consents_id_seq', 2, true);
SELECT pg_catalog.setval('public.decisions_id_seq', 7, true);
SELECT pg_catalog.setval('public.erasures_id_seq', 1, true);
SELECT pg_catalog.setval('public.forwardings_id_seq', 1, true);
SELECT pg_catalog.setval('public.imports_id_seq', 2, true);
SELECT pg_catalog.setval('public.instances_id_seq', 1, true);
SELECT pg_catalog.setval('public.notices_id_seq', 3, true);
SELECT pg_catalog.setval('public.objections_id_seq', 2, true);
SELECT pg_catalog.setval('public.posts_id_seq', 1, true);
SELECT pg_catalog.setval('public.receipts_id_seq', 3, true);
SELECT pg_catalog.setval('public.reports_id_seq', 6, true);
SELECT pg_catalog.setval('public.revocations_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (key);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (caller, key);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT pk_api_keys PRIMARY KEY (id);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT pk_attempts PRIMARY KEY (id);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT pk_consents PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (notice, account);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT pk_erasures PRIMARY KEY (id);
ALTER TABLE ONLY public.forwardings
    ADD CONSTRAINT pk_forwardings PRIMARY KEY (id);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT pk_imported PRIMARY KEY (import, place);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT pk_imports PRIMARY KEY (id);
ALTER TABLE ONLY public.instances
    ADD CONSTRAINT pk_instances PRIMARY KEY (id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT pk_leaves PRIMARY KEY (seal, place);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT pk_notices PRIMARY KEY (id);
ALTER TABLE ONLY public.objection_texts
    ADD CONSTRAINT pk_objection_texts PRIMARY KEY (objection);
ALTER TABLE ONLY public.objections
    ADD CONSTRAINT pk_objections PRIMARY KEY (id);
ALTER TABLE ONLY public.origin
    ADD CONSTRAINT pk_origin PRIMARY KEY (id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT pk_outcomes PRIMARY KEY (report, place);
ALTER TABLE ONLY public.personalizations
    ADD CONSTRAINT pk_personalizations PRIMARY KEY (ref, attempt);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT pk_persons PRIMARY KEY (account);
ALTER TABLE ONLY public.posts
    ADD CONSTRAINT pk_posts PRIMARY KEY (id);
ALTER TABLE ONLY public.raw_reports
    ADD CONSTRAINT pk_raw_reports PRIMARY KEY (report);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT pk_receipts PRIMARY KEY (id);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT pk_recipients PRIMARY KEY (attempt, place);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (id);
ALTER TABLE ONLY public.revocations
    ADD CONSTRAINT pk_revocations PRIMARY KEY (id);
ALTER TABLE ONLY public.seals
    ADD CONSTRAINT pk_seals PRIMARY KEY (place);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT pk_variants PRIMARY KEY (notice, place);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT uq_api_keys_digest UNIQUE (digest);
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
ALTER TABLE ONLY public.revocations
    ADD CONSTRAINT uq_revocations_key UNIQUE (key);
CREATE INDEX ix_answers_heard_at ON public.answers USING btree (heard_at);
CREATE INDEX ix_consents_account ON public.consents USING btree (account);
CREATE INDEX ix_decisions_notice ON public.decisions USING btree (notice);
CREATE INDEX ix_deliveries_claimed ON public.deliveries USING btree (state, notice, lease_until) WHERE (state = 'claimed'::text);
CREATE INDEX ix_deliveries_pending ON public.deliveries USING btree (state, notice, variant, account) WHERE (state = 'pending'::text);
CREATE INDEX ix_deliveries_unknown ON public.deliveries USING btree (state, notice, attempt) WHERE (state = 'unknown'::text);
CREATE INDEX ix_forwardings_objection ON public.forwardings USING btree (objection);
CREATE INDEX ix_imported_account ON public.imported USING btree (account);
CREATE INDEX ix_notices_policy ON public.notices USING btree (policy, rank);
CREATE INDEX ix_objections_account ON public.objections USING btree (account);
CREATE INDEX ix_outcomes_ref ON public.outcomes USING btree (ref);
CREATE INDEX ix_recipients_ref ON public.recipients USING btree (ref);
CREATE TRIGGER api_keys_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.api_keys FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER attempts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attempts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER consents_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.consents FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER decisions_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER erasures_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.erasures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER forwardings_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.forwardings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imported_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imported FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER instances_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.instances FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER leaves_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.leaves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER notices_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.notices FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER objections_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.objections FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER origin_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.origin FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER outcomes_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.outcomes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER receipts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER recipients_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.recipients FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER reports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.reports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER revocations_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.revocations FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER seals_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.seals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER variants_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.variants FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT fk_attempts_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT fk_consents_account FOREIGN KEY (account) REFERENCES public.accounts(key);
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
ALTER TABLE ONLY public.forwardings
    ADD CONSTRAINT fk_forwardings_objection FOREIGN KEY (objection) REFERENCES public.objections(id);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_import FOREIGN KEY (import) REFERENCES public.imports(id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT fk_leaves_seal FOREIGN KEY (seal) REFERENCES public.seals(place);
ALTER TABLE ONLY public.objection_texts
    ADD CONSTRAINT fk_objection_texts_objection FOREIGN KEY (objection) REFERENCES public.objections(id);
ALTER TABLE ONLY public.objections
    ADD CONSTRAINT fk_objections_account FOREIGN KEY (account) REFERENCES public.accounts(key);
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
ALTER TABLE ONLY public.revocations
    ADD CONSTRAINT fk_revocations_key FOREIGN KEY (key) REFERENCES public.api_keys(id);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT fk_variants_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
