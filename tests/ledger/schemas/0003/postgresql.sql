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
ALTER TABLE ONLY public.instances ALTER COLUMN id SET DEFAULT nextval('public.instances_id_seq'::regclass);
ALTER TABLE ONLY public.notices ALTER COLUMN id SET DEFAULT nextval('public.notices_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.reports ALTER COLUMN id SET DEFAULT nextval('public.reports_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (3, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (5, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (6, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (2, '', '0001-01-01', NULL, false);
INSERT INTO public.accounts VALUES (4, 'en', '2024-01-31', NULL, true);
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.attempts VALUES (1, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '2d55441268aa0430ba475a0e7b0989bfb19cf930dbda2ea7ec1a99983291d3b7', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (2, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '9f917c44dc73e5d540d2774cbda9eae8102b47030b96c1bfee0c1fa88e27e0c5', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (3, 3, 'outbox', 'here', '2026-11-23 09:00:00+00', 'e5d047d99606b309bbba137ded85300db62d489c0cc0c4cf3c6576060158a4d2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (1, 1, 'announced', NULL, '7ccb9a4f75b4152c58070e21f7ca524324a08d58da145479e988b5d4d3d25b21', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (2, 1, 'superseded', 2, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (3, 2, 'announced', NULL, '9f28376af973ed563b72b4eda1dba02700dec1cca80885313ba2974095eee5d5', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (4, 2, 'superseded', 1, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (5, 1, 'announced', NULL, '7ccb9a4f75b4152c58070e21f7ca524324a08d58da145479e988b5d4d3d25b21', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (6, 3, 'announced', NULL, '5353810daa90fd558e453b4fd4ad331b7ae902c865b098155529c016d5cb9cbc', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (7, 3, 'cancelled', NULL, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.deliveries VALUES (2, 1, '283f131b9b00a3a1abd6bd3d1343b600', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 6, '9b1582fcc20b83401f9c53105ab5e42a', 0, false, 'pending', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 3, '9b1582fcc29d889e4d33481cd1769a48', 0, false, 'refused', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 1, '9b1582fcc2e5e18113883e48dbdc03ac', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 2, '9b1582fcc2d769132aae05a913df762c', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 4, '9b1582fcc2f6e156a1dcaf771c07f470', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 5, '9b1582fcc25efbaa17e1196e0bfb6c80', 0, false, 'unknown', NULL, NULL, 2);
INSERT INTO public.deliveries VALUES (3, 3, 'd026956e75b8c61e6f445ad1764f31bc', 0, false, 'delivered', NULL, NULL, 3);
INSERT INTO public.deliveries VALUES (3, 4, 'd026956e75397d0202b2be8f1c01579a', 0, false, 'skipped', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 5, 'd026956e753ce77822768ab801698885', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 6, 'd026956e75c50750de0f725d5faadae6', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.erasures VALUES (1, 2, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imported VALUES (1, 0, 1, '19a232b9b9d6c6c8c5f91795ca1f8312cdbe5b516eb8ecc914a71280872e6ed9');
INSERT INTO public.imported VALUES (1, 1, 2, '30fe079ee2fb3a4bbbafeb6d898882bb5a3609c20d6b44c81e4fe993748dda01');
INSERT INTO public.imported VALUES (1, 2, 3, 'f71881e1d23436762b43cc636b7a235d0d348bacc63f02badfc090ce7f212ccb');
INSERT INTO public.imported VALUES (1, 3, 4, '27030c2a19f8bce051f9537a32e321a77806a4231936180e5bbc82779a4decd8');
INSERT INTO public.imported VALUES (1, 4, 5, 'ee74af6037d3afbea528821ad4eb7a6ddf941c924cc42d45361e7c0fe6e4a8a2');
INSERT INTO public.imported VALUES (1, 5, 6, 'f029deeec0a0e56901ac5973b2819a23aa3994c3548ac8ee73d9d89d8fcd03b5');
INSERT INTO public.imported VALUES (2, 0, 4, 'c521c0112ed537476eec4e9c057e5a146e532c17dfc35c534ba5d2454627d7c0');
INSERT INTO public.imports VALUES (1, '9d68f96219471b35979642275809cd36de68ffb398a9b34bffa0387d257715c8', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imports VALUES (2, '008a51b045c9815dcc39cda4d0795e4a6009fc912ea4e42a76af1705f8792dcb', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.instances VALUES (1, 'server 7712093255762700438, database 5', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.leaves VALUES (1, 0, 'origin', 1, '2ef2c6114882e13109bb096fcdd187961bc0ed9ad9c11cc2c0fc3d9f6d1653b9');
INSERT INTO public.leaves VALUES (1, 1, 'instances', 1, '99d0c512ca429ae5612ebdf5fbdd1ec3b08d40b924fa728e79e68dc04261381b');
INSERT INTO public.leaves VALUES (2, 0, 'imports', 1, '34d143f370d1621f185b5d452dc0e2575d357fbafa8276e8ed4addf2947308c0');
INSERT INTO public.leaves VALUES (2, 1, 'notices', 1, '31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO public.leaves VALUES (2, 2, 'notices', 2, 'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO public.leaves VALUES (2, 3, 'decisions', 1, '9e8c6847e58504b85a95a93a978ff5830b7a11fb1ba3c5d6a8e5a563a387de44');
INSERT INTO public.leaves VALUES (2, 4, 'decisions', 2, '7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO public.leaves VALUES (2, 5, 'decisions', 3, '41d92a1af84834ddf6819ae435f355bf7fa29e743bcdfdf617f97d43bd9a6650');
INSERT INTO public.leaves VALUES (2, 6, 'decisions', 4, '71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO public.leaves VALUES (2, 7, 'decisions', 5, '58f0c442ecf74ccaafb157449c8091d38f19ece8a3bd3e7b3756750d793d24e9');
INSERT INTO public.leaves VALUES (2, 8, 'attempts', 1, 'bcfcec0b119cbbc150c72e16796061a5c69e3175bb0b23d2e9ffabdeb54f20cf');
INSERT INTO public.leaves VALUES (2, 9, 'attempts', 2, 'ba604fdb507abac1ea02bdc5d13c9a49ddbe17fe0282997baaa4c1d68e9622c4');
INSERT INTO public.leaves VALUES (2, 10, 'reports', 1, '62aac4f379f31142307dced4b5c12e4c4d5b7de917bf04c94087e1c0882c2cb8');
INSERT INTO public.leaves VALUES (2, 11, 'reports', 2, '305b9b0e4b5586ab96737ca24bb66f6359444d8add39bdc9256a9f4d62c99b4f');
INSERT INTO public.leaves VALUES (2, 12, 'reports', 3, '95100568c6cecb3b7fbd461a6d74bc210a7e872f25823331f169c2a6d4f51081');
INSERT INTO public.leaves VALUES (2, 13, 'receipts', 1, 'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO public.leaves VALUES (2, 14, 'receipts', 2, '696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO public.leaves VALUES (3, 0, 'imports', 2, 'b5f6c2df58c0734f1dea0a716ea7b27576483213bf4533f67f32d412c68dcc65');
INSERT INTO public.leaves VALUES (3, 1, 'erasures', 1, 'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO public.leaves VALUES (3, 2, 'notices', 3, '329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO public.leaves VALUES (3, 3, 'decisions', 6, 'a6a3fe933a63de56c30072e1b273684e5320a8cc05f9843628db7536e9e777ff');
INSERT INTO public.leaves VALUES (3, 4, 'decisions', 7, '267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO public.leaves VALUES (3, 5, 'attempts', 3, '6cd75883a9ec6d9368df2dbc41132da1f592282e2fb6820d9a29ff6b8a27def3');
INSERT INTO public.leaves VALUES (3, 6, 'reports', 4, 'cffbe622d584222c061c31ca0d4f5023442099d491fdb0e03fdec2e95cf422c3');
INSERT INTO public.leaves VALUES (3, 7, 'reports', 5, '1ef0c678b05ca2ebd63664f71dd4a7c0b7a71ef4aabc45a1700ec8582da9dbb4');
INSERT INTO public.leaves VALUES (3, 8, 'reports', 6, 'b68a48ef9295d19d726ea42b5e0f03ca990c25e4381162d63454d8b837ed62f8');
INSERT INTO public.notices VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (2, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 1, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (3, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'privacy', '3.0.0', 3000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 4, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.origin VALUES (1, '329e685651ea1e84bfc6c5e33f3d12b4', false, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 0, '9b1582fcc2e5e18113883e48dbdc03ac', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 1, '9b1582fcc2d769132aae05a913df762c', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 2, '9b1582fcc29d889e4d33481cd1769a48', 1, 'refused', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 3, '9b1582fcc2f6e156a1dcaf771c07f470', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 0, '9b1582fcc2e5e18113883e48dbdc03ac', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 1, '9b1582fcc2d769132aae05a913df762c', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 2, '9b1582fcc29d889e4d33481cd1769a48', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 3, '9b1582fcc2f6e156a1dcaf771c07f470', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (3, 0, '9b1582fcc25efbaa17e1196e0bfb6c80', 2, 'unknown', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (4, 0, 'd026956e75b8c61e6f445ad1764f31bc', 3, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (5, 0, 'd026956e75b8c61e6f445ad1764f31bc', 3, 'delivered', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (6, 0, 'd026956e75397d0202b2be8f1c01579a', NULL, 'skipped', 'restricted', '', '2026-11-23 09:00:00+00');
INSERT INTO public.personalizations VALUES ('9b1582fcc2e5e18113883e48dbdc03ac', 1, '{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}', '\x9708152bb3d665e17513519758cc182b46a55d2126d0b74462d98bef0e9add47');
INSERT INTO public.personalizations VALUES ('9b1582fcc29d889e4d33481cd1769a48', 1, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\x4989d778970c9d30cf7cec33d63b3fcb93eabba4e4b5c6ddf491ca953f857ff3');
INSERT INTO public.personalizations VALUES ('9b1582fcc2f6e156a1dcaf771c07f470', 1, '{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}', '\x258dc486be3c725e39d5a392ce7ab2bc2dd40e48ebc876e61a4e6fd5eb56b625');
INSERT INTO public.personalizations VALUES ('9b1582fcc25efbaa17e1196e0bfb6c80', 2, '{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}', '\x719e4a787eee34ae8478e13247e726f3bd37da009254ef005b4a309d3c89a485');
INSERT INTO public.personalizations VALUES ('d026956e75b8c61e6f445ad1764f31bc', 3, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\xd590a0a2edc200faedbb0a993eb8b1ce7cf2a1e37799326c10da3034432fa5ba');
INSERT INTO public.persons VALUES (1, 'client-1', 'person1@example.com', 'Person Number 1', '\xf51cfd0ac60abb7902c877f8dfe8ab94b514ce3c0b7b269c9beda1af554008a2');
INSERT INTO public.persons VALUES (3, 'client-3', 'person3@example.com', 'Person Number 3', '\x904ab61a737f9171fcd84d4d4fad31c8e863d31d3207b76f296044fd6c542a9a');
INSERT INTO public.persons VALUES (5, 'client-5', 'person5@example.com', 'Person Number 5', '\xfd98e6f806d4f493c11b204e6a2d08d0fd0ec02d4220c3afd7c8d0f4f46bc20f');
INSERT INTO public.persons VALUES (6, 'client-6', 'person6@example.com', 'Person Number 6', '\x29c5fe061d8440f64f1e0a308fc7aadfebb336afe34bee25a7456a9aa0ed2434');
INSERT INTO public.persons VALUES (4, 'client-4', 'person4@example.com', 'Person Number 4', '\xd1d651207560b5450b2d81a853321a3534f0f11482c6684ec69d0eb2f6aa7796');
INSERT INTO public.raw_reports VALUES (5, '\x5b7b7d5d', '\x11ba3e50a532dfc67fa54e520bd31032872a1d1dfa8431c729a4a60150f230c4');
INSERT INTO public.receipts VALUES (1, 'privacy', 1, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.receipts VALUES (2, 'privacy', 2, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.recipients VALUES (1, 0, '9b1582fcc2e5e18113883e48dbdc03ac', 1, '35d65ca7d0dc3d040a74162a3e2b1a4f46295a279e6660bdf1900f822e2702fe', '0400962672a688a66582bade575ac6e87ce403748e4f43d43dc8f223c3c83e77');
INSERT INTO public.recipients VALUES (1, 1, '9b1582fcc2d769132aae05a913df762c', 2, 'd7b80d4d4b4668ad87c732b79eba708ded9d7a45691491db5188d1f44764908c', '83d341959fd87ccc2ee725df7b872f3073c648f04c0742f11c4fb9ab193b2cef');
INSERT INTO public.recipients VALUES (1, 2, '9b1582fcc29d889e4d33481cd1769a48', 3, 'f7442ac197d5603d867381087cef874c632f05d41f0b7a58c8144f8b818e9a37', '5fa8ae38bd200bf0541eaaf45da7212cb2a7b847221c19006deb53429638d10b');
INSERT INTO public.recipients VALUES (1, 3, '9b1582fcc2f6e156a1dcaf771c07f470', 4, '4dacdddf0700e1a324f05c39134da871e45a49b47ca1b4a5fd632e1bf0c1641f', 'b6f3266931db278ee716763675affe63fbb9c624c16e20109e45317abf83e402');
INSERT INTO public.recipients VALUES (2, 0, '9b1582fcc25efbaa17e1196e0bfb6c80', 5, '57c3f76a69bece1d4c71ecd6eb49701460d136d938a3690559919152d927c66c', '10b180f71587facf78decf46ddbafbc4730b4464d18a18c66304b26e6de1fd43');
INSERT INTO public.recipients VALUES (3, 0, 'd026956e75b8c61e6f445ad1764f31bc', 3, '26d3058eb4eec806737dce01661bda2eec870892f9caa67e04cb752ae4d5a68a', '927e3f578266e0d43c42213b2a3d372338f2bd1a1e81e38e3ad344f0d84c9d5d');
INSERT INTO public.reports VALUES (1, 'outbox', NULL, '2ff606507608b0ab2bd82bd8c589fa25ca7f149cfa154166a6aaba9b8330540a', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (2, 'outbox', NULL, '05f325cdc86901b4ac0c57ee7d7db6ce7b45e001f7b4431e6f892bdbff524aa6', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (3, 'outbox', NULL, '2c611b21a4c9774bf492654f563b68c8ce44b52e81a24d1cdd258913d9ca0248', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (4, 'outbox', NULL, '92fabc4c73f0a196f66cca82759853c2b595f82ef1f5ab2e7b88d4482172551c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (5, 'sendgrid', '62a58e540aa2f99fe17123821ebecbc1be4eb341fa75b29db5149dc187b276de', '50333ef882c99b6e1c70a48fcdf3caeebd9044e1336d587cef8447bdabe57b05', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (6, 'claim', NULL, 'ac937f8191647e23e8e4bb5be89c2e20585358aaeb62d74efd19ab7ee7153416', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', 6);
INSERT INTO public.seals VALUES (1, 2, '8211f162696bef2f195faa76f17b5d55ff3b0664fc6b1d98ee49ee2994389cd7', 'f224ba48d681b1dd91f6fb8139cc270a9e37421be14c519d94de37e2f4b10641', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (2, 15, 'c6027f706d48051ab7dbf65c8a60174a803e5754c2bdaaf88f04d37c3d4c5d49', '3654fc6e45e339901ad4fad06177bede518522ff09f560c237001d752b1c5272', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (3, 9, '91a724177421a023ee150ac3871c97cdd3c54af65290c78055375c12b26f23bc', '269200d3a4ae7a263054767dc6b3fc45428e5c0b6ae14e9d3c246339ca5b0fb2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
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
SELECT pg_catalog.setval('public.instances_id_seq', 1, true);
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
ALTER TABLE ONLY public.instances
    ADD CONSTRAINT pk_instances PRIMARY KEY (id);
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
CREATE TRIGGER instances_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.instances FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
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
